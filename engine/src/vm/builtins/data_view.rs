//! `DataView`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-dataview-objects>.

use super::{
    array_buffer::{detached, max_of, this_buffer, to_index},
    buffer_data::{BufferData, byte_length, data_of, is_any_buffer, is_detached, with_data},
    typed_array::ElementKind,
};
use crate::vm::{
    heap::{Kind, Obj},
    machine::{Args, Completion, NativeFn, Vm},
    object::attr,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// The part of its buffer that a `DataView` shows: offset and length in bytes; `None` when it is out of bounds.
#[must_use]
pub(in crate::vm) fn range(view: Obj) -> Option<(usize, usize)> {
    if view.kind() != Kind::DataView {
        return None;
    }
    let stored = |value: Value| value.as_number().map(|number| number as usize);
    let offset = stored(view.internal(1))?;
    with_data(data_of(view), |data: &BufferData| {
        if data.is_detached() {
            return None;
        }
        let available = data.len().checked_sub(offset)?;
        match stored(view.internal(2)) {
            Some(length) => (length <= available).then_some((offset, length)),
            None => Some((offset, available)),
        }
    })
    .flatten()
}

/// Declares `DataView`.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let class = Constructor::new(
        "DataView",
        1,
        construct,
        Intrinsic::DataView,
        Intrinsic::DataViewPrototype,
    );
    let (_, prototype) = vm.define_constructor(&class);
    vm.define_getter(prototype, "buffer", buffer);
    vm.define_getter(prototype, "byteLength", byte_length_of);
    vm.define_getter(prototype, "byteOffset", byte_offset);
    for kind in ElementKind::ALL
        .into_iter()
        .filter(|&kind| kind != ElementKind::Uint8Clamped)
    {
        for (prefix, length, function) in [("get", 1, get as NativeFn), ("set", 2, set)] {
            let name = method_name(kind, prefix);
            let key = vm.heap.key(&name);
            let method = vm.new_native_with(function, key, length, Value::int(kind as i32));
            vm.define_value(prototype, &name, method, attr::METHOD);
        }
    }
    let tag = vm.str("DataView");
    vm.define_value(prototype, "@@toStringTag", tag, attr::C);
}

/// `getInt8` and its like.
fn method_name(kind: ElementKind, prefix: &str) -> String {
    format!("{prefix}{}", kind.name().trim_end_matches("Array"))
}

fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if !args.is_construct() {
        return Err(vm.throw_type("Constructor DataView requires 'new'"));
    }
    let Some(buffer) = is_any_buffer(args.at(0)) else {
        return Err(vm.throw_type("First argument to DataView constructor must be an ArrayBuffer"));
    };
    let outside =
        |offset: f64| format!("Start offset {offset} is outside the bounds of the buffer");
    let invalid = |length: f64| format!("Invalid DataView length {length}");
    let offset = to_index(vm, args.at(1), outside)?;
    if is_detached(buffer) {
        return Err(detached(vm, "DataView constructor"));
    }
    let available = byte_length(buffer) as f64;
    if offset > available {
        return Err(vm.throw_range(outside(offset)));
    }
    let length = if args.at(2).is_undefined() {
        max_of(buffer).is_none().then_some(available - offset)
    } else {
        let length = to_index(vm, args.at(2), invalid)?;
        if offset + length > available {
            return Err(vm.throw_range(invalid(length)));
        }
        Some(length)
    };
    let view = vm.create_from_constructor(
        Kind::DataView,
        args.new_target,
        Intrinsic::DataViewPrototype,
    )?;
    // Reading the prototype may have changed the buffer.
    if is_detached(buffer) {
        return Err(detached(vm, "DataView constructor"));
    }
    let available = byte_length(buffer) as f64;
    if offset > available {
        return Err(vm.throw_range(outside(offset)));
    }
    if let Some(length) = length
        && offset + length > available
    {
        return Err(vm.throw_range(invalid(length)));
    }
    view.set_internal(0, buffer.into());
    view.set_internal(1, Value::number(offset));
    view.set_internal(2, length.map_or(Value::UNDEFINED, Value::number));
    Ok(view.into())
}

fn this_view(vm: &mut Vm, this: Value, method: &str) -> Completion<Obj> {
    this_buffer(
        vm,
        this,
        Kind::DataView,
        &format!("DataView.prototype.{method}"),
    )
}

/// The part of the buffer that the view shows.
fn in_bounds(vm: &mut Vm, view: Obj, method: &str) -> Completion<(usize, usize)> {
    match range(view) {
        Some(range) => Ok(range),
        None => Err(detached(vm, &format!("DataView.prototype.{method}"))),
    }
}

fn buffer(vm: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(this_view(vm, args.this, "buffer")?.internal(0))
}

fn byte_length_of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_view(vm, args.this, "byteLength")?;
    Ok(Value::from(in_bounds(vm, view, "byteLength")?.1))
}

fn byte_offset(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let view = this_view(vm, args.this, "byteOffset")?;
    Ok(Value::from(in_bounds(vm, view, "byteOffset")?.0))
}

fn outside(_: f64) -> String {
    "Offset is outside the bounds of the DataView".to_owned()
}

/// Turns the bytes of a raw element of this kind round if they are to be big-endian.
fn order(kind: ElementKind, bits: u64, little_endian: bool) -> u64 {
    if little_endian {
        bits
    } else {
        bits.swap_bytes() >> (64 - kind.size() * 8)
    }
}

/// Where an element lies in the buffer.
fn place(vm: &mut Vm, view: Obj, index: f64, kind: ElementKind, method: &str) -> Completion<usize> {
    let (offset, length) = in_bounds(vm, view, method)?;
    if index + kind.size() as f64 > length as f64 {
        return Err(vm.throw_range(outside(index)));
    }
    Ok(offset + index as usize)
}

/// `GetViewValue`
fn get(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let kind = args
        .captured()
        .as_int()
        .and_then(ElementKind::from_int)
        .unwrap_or(ElementKind::Uint8);
    let Some(view) = args
        .this
        .as_object()
        .filter(|view| view.kind() == Kind::DataView)
    else {
        return this_view(vm, args.this, &method_name(kind, "get")).map(Value::from);
    };
    let index = to_index(vm, args.at(0), outside)?;
    let little_endian = vm.to_boolean(args.at(1));
    let at = match range(view) {
        // FAST PATH: no name is made for a message.
        Some((offset, length)) if index + kind.size() as f64 <= length as f64 => {
            offset + index as usize
        }
        _ => place(vm, view, index, kind, &method_name(kind, "get"))?,
    };
    let bits = with_data(data_of(view), |data| data.read(at, kind.size()))
        .flatten()
        .unwrap_or(0);
    Ok(kind.decode(&mut vm.heap, order(kind, bits, little_endian)))
}

/// `SetViewValue`
fn set(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let kind = args
        .captured()
        .as_int()
        .and_then(ElementKind::from_int)
        .unwrap_or(ElementKind::Uint8);
    let Some(view) = args
        .this
        .as_object()
        .filter(|view| view.kind() == Kind::DataView)
    else {
        return this_view(vm, args.this, &method_name(kind, "set")).map(Value::from);
    };
    let index = to_index(vm, args.at(0), outside)?;
    let bits = kind.convert(vm, args.at(1))?;
    let little_endian = vm.to_boolean(args.at(2));
    let at = match range(view) {
        Some((offset, length)) if index + kind.size() as f64 <= length as f64 => {
            offset + index as usize
        }
        _ => place(vm, view, index, kind, &method_name(kind, "set"))?,
    };
    with_data(data_of(view), |data| {
        data.write(at, kind.size(), order(kind, bits, little_endian))
    });
    Ok(Value::UNDEFINED)
}
