//! The methods that call a function for each element. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object>.

use super::{
    View,
    copy::convert_bits,
    create::{species_create, validate},
};
use crate::vm::{
    heap::Obj,
    machine::{Args, Completion, Vm},
    value::Value,
};

/// Declares the methods.
pub(super) fn install(vm: &mut Vm, prototype: Obj) {
    vm.define_methods(
        prototype,
        &[
            ("every", 1, every),
            ("filter", 1, filter),
            ("find", 1, find),
            ("findIndex", 1, find_index),
            ("findLast", 1, find_last),
            ("findLastIndex", 1, find_last_index),
            ("forEach", 1, for_each),
            ("map", 1, map),
            ("reduce", 1, reduce),
            ("reduceRight", 1, reduce_right),
            ("some", 1, some),
        ],
    );
}

/// `this` and the callback, both checked.
fn receive(vm: &mut Vm, args: &Args<'_>, method: &str) -> Completion<(View, usize)> {
    let receiver = validate(vm, args.this, method)?;
    if !vm.is_callable(args.at(0)) {
        let text = vm.display(args.at(0));
        return Err(vm.throw_type(format!("{text} is not a function")));
    }
    Ok(receiver)
}

/// Calls the callback for the element at `index`.
fn call(vm: &mut Vm, args: &Args<'_>, view: &View, index: usize) -> Completion {
    let element = view.get(&mut vm.heap, index);
    vm.call(
        args.at(0),
        args.at(1),
        &[element, Value::from(index), args.this],
    )
}

/// The first index, in this order, for which the callback's answer is `wanted`.
fn search(
    vm: &mut Vm,
    args: &Args<'_>,
    view: &View,
    indices: impl Iterator<Item = usize>,
    wanted: bool,
) -> Completion<Option<usize>> {
    for index in indices {
        vm.work(1)?;
        let answer = call(vm, args, view, index)?;
        if vm.to_boolean(answer) == wanted {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// As [`search`], for the element.
fn search_element(
    vm: &mut Vm,
    args: &Args<'_>,
    view: &View,
    indices: impl Iterator<Item = usize>,
) -> Completion {
    for index in indices {
        vm.work(1)?;
        let mark = vm.root_mark();
        let element = view.get(&mut vm.heap, index);
        vm.root(element);
        let answer = vm.call(
            args.at(0),
            args.at(1),
            &[element, Value::from(index), args.this],
        )?;
        if vm.to_boolean(answer) {
            return Ok(element);
        }
        vm.unroot_to(mark);
    }
    Ok(Value::UNDEFINED)
}

fn every(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.every")?;
    Ok(Value::bool(
        search(vm, args, &view, 0..len, false)?.is_none(),
    ))
}

fn some(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.some")?;
    Ok(Value::bool(
        search(vm, args, &view, 0..len, true)?.is_some(),
    ))
}

fn find(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.find")?;
    search_element(vm, args, &view, 0..len)
}

fn find_last(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.findLast")?;
    search_element(vm, args, &view, (0..len).rev())
}

fn find_index(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.findIndex")?;
    Ok(search(vm, args, &view, 0..len, true)?.map_or(Value::int(-1), Value::from))
}

fn find_last_index(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.findLastIndex")?;
    Ok(search(vm, args, &view, (0..len).rev(), true)?.map_or(Value::int(-1), Value::from))
}

fn for_each(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.forEach")?;
    for index in 0..len {
        vm.work(1)?;
        call(vm, args, &view, index)?;
    }
    Ok(Value::UNDEFINED)
}

fn map(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "prototype.map";
    let (view, len) = receive(vm, args, METHOD)?;
    let new = species_create(vm, &view, len, METHOD)?;
    for index in 0..len {
        vm.work(1)?;
        let mapped = call(vm, args, &view, index)?;
        let bits = new.kind.convert(vm, mapped)?;
        new.set_bits(index, bits);
    }
    Ok(new.array.into())
}

fn filter(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "prototype.filter";
    let (view, len) = receive(vm, args, METHOD)?;
    let mut kept = Vec::new();
    for index in 0..len {
        vm.work(1)?;
        let bits = view.bits(index);
        let element = bits.map_or(Value::UNDEFINED, |bits| {
            view.kind.decode(&mut vm.heap, bits)
        });
        let answer = vm.call(
            args.at(0),
            args.at(1),
            &[element, Value::from(index), args.this],
        )?;
        if vm.to_boolean(answer) {
            kept.push(bits);
        }
    }
    let new = species_create(vm, &view, kept.len(), METHOD)?;
    for (index, bits) in kept.into_iter().enumerate() {
        let bits = match bits {
            Some(bits) => convert_bits(view.kind, new.kind, bits),
            // The element was gone when it was its turn.
            None => new.kind.convert(vm, Value::UNDEFINED)?,
        };
        new.set_bits(index, bits);
    }
    Ok(new.array.into())
}

fn reduce(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.reduce")?;
    fold(vm, args, &view, 0..len)
}

fn reduce_right(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (view, len) = receive(vm, args, "prototype.reduceRight")?;
    fold(vm, args, &view, (0..len).rev())
}

fn fold(
    vm: &mut Vm,
    args: &Args<'_>,
    view: &View,
    mut indices: impl Iterator<Item = usize>,
) -> Completion {
    let mut result = if args.len() > 1 {
        args.at(1)
    } else if let Some(first) = indices.next() {
        view.get(&mut vm.heap, first)
    } else {
        return Err(vm.throw_type("Reduce of empty array with no initial value"));
    };
    for index in indices {
        vm.work(1)?;
        let element = view.get(&mut vm.heap, index);
        result = vm.call(
            args.at(0),
            Value::UNDEFINED,
            &[result, element, Value::from(index), args.this],
        )?;
    }
    Ok(result)
}
