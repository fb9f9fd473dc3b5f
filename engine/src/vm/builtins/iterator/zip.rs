//! `Iterator.zip`, `Iterator.zipKeyed`. Source: <https://tc39.es/proposal-joint-iteration/>.
//!
//! The helper's variables: [`FUNCTION`] an array of three values an input (iterator or null when it is done, its `next`, its
//! padding), [`COUNT`] the mode, [`WINDOW`] an array of keys, undefined where the results are arrays.

use super::{
    flattenable,
    helper::{COUNT, FUNCTION, Kinds, WINDOW, new_helper},
};
use crate::vm::{
    heap::{Cell, Obj},
    iterate::IteratorRecord,
    machine::{Args, Completion, Throw, Vm},
    object::{Own, PropKey, attr},
    value::Value,
};

const SHORTEST: i32 = 0;
const LONGEST: i32 = 1;
const STRICT: i32 = 2;

/// The options: the mode and the paddings' source.
fn options(vm: &mut Vm, args: &Args<'_>) -> Completion<(i32, Value)> {
    let Some(options) = args.at(1).as_object() else {
        if args.at(1).is_undefined() {
            return Ok((SHORTEST, Value::UNDEFINED));
        }
        let text = vm.display(args.at(1));
        return Err(vm.throw_type(format!("{text} is not an object")));
    };
    let key = vm.heap.key("mode");
    let mode = vm.get_o(options, key)?;
    let text = mode
        .as_string()
        .map(|text| vm.heap.units(&text).to_string_lossy());
    let mode = match text.as_deref() {
        None if mode.is_undefined() => SHORTEST,
        Some("shortest") => SHORTEST,
        Some("longest") => LONGEST,
        Some("strict") => STRICT,
        _ => {
            let text = vm.display(mode);
            return Err(vm.throw_type(format!("{text} is not a mode")));
        }
    };
    let mut padding = Value::UNDEFINED;
    if mode == LONGEST {
        let key = vm.heap.key("padding");
        padding = vm.get_o(options, key)?;
        if !padding.is_undefined() && !padding.is_object() {
            let text = vm.display(padding);
            return Err(vm.throw_type(format!("{text} is not an object")));
        }
        vm.root(padding);
    }
    Ok((mode, padding))
}

/// The object that is iterated over, the options, and an empty array for the inputs.
fn start(vm: &mut Vm, args: &Args<'_>) -> Completion<(Obj, i32, Value, Obj)> {
    let Some(iterables) = args.at(0).as_object() else {
        let text = vm.display(args.at(0));
        return Err(vm.throw_type(format!("{text} is not an object")));
    };
    let (mode, padding) = options(vm, args)?;
    let inputs = vm.new_array();
    vm.root(inputs);
    Ok((iterables, mode, padding, inputs))
}

fn add_input(vm: &mut Vm, inputs: Obj, record: IteratorRecord) -> Completion<()> {
    for value in [record.iterator.into(), record.next, Value::UNDEFINED] {
        vm.array_push(inputs, value)?;
    }
    Ok(())
}

/// `IteratorCloseAll` of the inputs that are not done.
fn close_inputs<T>(vm: &mut Vm, inputs: Obj, mut completion: Completion<T>) -> Completion<T> {
    for place in (0..inputs.dense_len() / 3).rev() {
        if let Some(iterator) = inputs.dense(place * 3).as_object() {
            let record = IteratorRecord {
                iterator,
                next: inputs.dense(place * 3 + 1),
                done: false,
            };
            completion = vm.iterator_close(&record, completion);
        }
    }
    completion
}

/// `IfAbruptCloseIterators`
fn or_close<T>(vm: &mut Vm, inputs: Obj, completion: Completion<T>) -> Completion<T> {
    if completion.is_err() {
        close_inputs(vm, inputs, completion)
    } else {
        completion
    }
}

fn finish(vm: &mut Vm, inputs: Obj, mode: i32, keys: Value) -> Value {
    let helper = new_helper(vm, Kinds::ZIP, None, inputs.into(), f64::from(mode));
    if let Some(variables) = helper.internal(2).as_cell() {
        variables.slots_set(WINDOW, keys);
    }
    helper.into()
}

/// `Iterator.zip`
pub(super) fn zip(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (iterables, mode, padding, inputs) = start(vm, args)?;
    let mut source = vm.get_iterator(iterables.into())?;
    loop {
        let next = vm.iterator_step_value(&mut source);
        let Some(next) = or_close(vm, inputs, next)? else {
            break;
        };
        vm.root(next);
        match flattenable(vm, next, false) {
            Ok(input) => add_input(vm, inputs, input)?,
            Err(throw) => {
                let result = close_inputs::<()>(vm, inputs, Err(throw));
                return vm
                    .iterator_close(&source, result)
                    .map(|()| Value::UNDEFINED);
            }
        }
    }
    if !padding.is_undefined() {
        let paddings = vm.get_iterator(padding);
        let mut paddings = or_close(vm, inputs, paddings)?;
        let mut is_over = false;
        for place in 0..inputs.dense_len() / 3 {
            if is_over {
                break;
            }
            let next = vm.iterator_step_value(&mut paddings);
            match or_close(vm, inputs, next)? {
                Some(value) => inputs.set_dense(place * 3 + 2, value),
                None => is_over = true,
            }
        }
        if !is_over {
            let closed = vm.iterator_close(&paddings, Ok(()));
            or_close(vm, inputs, closed)?;
        }
    }
    Ok(finish(vm, inputs, mode, Value::UNDEFINED))
}

/// `Iterator.zipKeyed`
pub(super) fn zip_keyed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (iterables, mode, padding, inputs) = start(vm, args)?;
    let keys = vm.new_array();
    vm.root(keys);
    let all = vm.own_keys(iterables)?;
    for key in &all {
        vm.root(key.value());
    }
    for key in all {
        let own = vm.own_property(iterables, key);
        let own = or_close(vm, inputs, own)?;
        if own == Own::None || own.attrs() & attr::E == 0 {
            continue;
        }
        let value = vm.get_o(iterables, key);
        let value = or_close(vm, inputs, value)?;
        if value.is_undefined() {
            continue;
        }
        vm.root(value);
        let input = flattenable(vm, value, false);
        let input = or_close(vm, inputs, input)?;
        vm.array_push(keys, key.value())?;
        add_input(vm, inputs, input)?;
    }
    if let Some(padding) = padding.as_object() {
        for place in 0..keys.dense_len() {
            let value = vm.get_o(padding, PropKey::from_value(keys.dense(place)));
            let value = or_close(vm, inputs, value)?;
            inputs.set_dense(place * 3 + 2, value);
        }
    }
    Ok(finish(vm, inputs, mode, keys.into()))
}

/// Closes the inputs of a helper that is left.
pub(super) fn close(vm: &mut Vm, variables: Cell) -> Completion<()> {
    match variables.slots_get(FUNCTION).as_object() {
        Some(inputs) => close_inputs(vm, inputs, Ok(())),
        None => Ok(()),
    }
}

fn uneven(vm: &mut Vm) -> Throw {
    vm.throw_type("Iterators have different numbers of values")
}

/// The next result of `IteratorZip`.
pub(super) fn step(vm: &mut Vm, variables: Cell) -> Completion<Option<Value>> {
    let Some(inputs) = variables.slots_get(FUNCTION).as_object() else {
        return Ok(None);
    };
    let mode = variables.slots_get(COUNT).as_int().unwrap_or(SHORTEST);
    let count = inputs.dense_len() / 3;
    if count == 0 {
        return Ok(None);
    }
    let results = vm.new_array();
    vm.root(results);
    for place in 0..count {
        let value = match inputs.dense(place * 3).as_object() {
            None => inputs.dense(place * 3 + 2),
            Some(iterator) => {
                let mut record = IteratorRecord {
                    iterator,
                    next: inputs.dense(place * 3 + 1),
                    done: false,
                };
                match vm.iterator_step_value(&mut record) {
                    Ok(Some(value)) => value,
                    Ok(None) => {
                        inputs.set_dense(place * 3, Value::NULL);
                        match mode {
                            SHORTEST => return close_inputs(vm, inputs, Ok(None)),
                            STRICT => return check_rest(vm, inputs, place, count),
                            _ if (0..count).all(|other| inputs.dense(other * 3).is_null()) => {
                                return Ok(None);
                            }
                            _ => inputs.dense(place * 3 + 2),
                        }
                    }
                    Err(throw) => {
                        inputs.set_dense(place * 3, Value::NULL);
                        return close_inputs(vm, inputs, Err(throw));
                    }
                }
            }
        };
        vm.array_push(results, value)?;
    }
    let Some(keys) = variables.slots_get(WINDOW).as_object() else {
        return Ok(Some(results.into()));
    };
    let object = vm.new_object_with_proto(Value::NULL);
    vm.root(object);
    for place in 0..count {
        let key = PropKey::from_value(keys.dense(place));
        vm.create_data_property(object, key, results.dense(place))?;
    }
    Ok(Some(object.into()))
}

/// In strict mode the input at `place` is done: the others must be, too.
fn check_rest(vm: &mut Vm, inputs: Obj, place: u32, count: u32) -> Completion<Option<Value>> {
    if place != 0 {
        let throw = uneven(vm);
        return close_inputs(vm, inputs, Err(throw));
    }
    for other in 1..count {
        let Some(iterator) = inputs.dense(other * 3).as_object() else {
            continue;
        };
        let mut record = IteratorRecord {
            iterator,
            next: inputs.dense(other * 3 + 1),
            done: false,
        };
        match vm.iterator_step(&mut record) {
            Ok(None) => inputs.set_dense(other * 3, Value::NULL),
            Ok(Some(_)) => {
                let throw = uneven(vm);
                return close_inputs(vm, inputs, Err(throw));
            }
            Err(throw) => {
                inputs.set_dense(other * 3, Value::NULL);
                return close_inputs(vm, inputs, Err(throw));
            }
        }
    }
    Ok(None)
}
