//! `%TypedArray%`, its statics and the twelve constructors. Source: ECMA-262
//! <https://tc39.es/ecma262/#sec-typedarray-constructors>.

use super::{
    ElementKind, View, attach,
    copy::copy_elements,
    create::{allocate_for, create_from, invalid_length, mixed},
};
use crate::vm::{
    builtins::{
        array_buffer::{detached, incompatible, max_of, species, to_index},
        buffer_data::{byte_length, is_any_buffer, is_detached},
    },
    heap::{Kind, Obj},
    limits::PART_BYTES,
    machine::{Args, Completion, Vm},
    object::PropKey,
    realm::{Constructor, Intrinsic},
    value::Value,
};

/// Declares the constructors; returns `%TypedArray.prototype%`.
pub(super) fn install(vm: &mut Vm) -> Obj {
    let class = Constructor {
        global: false,
        ..Constructor::new(
            "TypedArray",
            0,
            construct_abstract,
            Intrinsic::TypedArray,
            Intrinsic::TypedArrayPrototype,
        )
    };
    let (constructor, prototype) = vm.define_constructor(&class);
    vm.define_methods(constructor, &[("from", 1, from), ("of", 0, of)]);
    vm.define_getter(constructor, "@@species", species);
    for kind in ElementKind::ALL {
        let class = Constructor {
            parent: Some(Intrinsic::TypedArrayPrototype),
            parent_constructor: Some(Intrinsic::TypedArray),
            ..Constructor::new(
                kind.name(),
                3,
                construct,
                kind.constructor(),
                kind.prototype(),
            )
        };
        let (constructor, prototype) = vm.define_constructor(&class);
        // What `Args::captured` gives.
        constructor.set_internal(3, Value::int(kind as i32));
        let size = Value::from(kind.size());
        vm.define_value(constructor, "BYTES_PER_ELEMENT", size, 0);
        vm.define_value(prototype, "BYTES_PER_ELEMENT", size, 0);
    }
    prototype
}

fn construct_abstract(vm: &mut Vm, _: &Args<'_>) -> Completion {
    Err(vm.throw_type("Abstract class TypedArray not directly constructable"))
}

fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(kind) = args.captured().as_int().and_then(ElementKind::from_int) else {
        return construct_abstract(vm, args);
    };
    if !args.is_construct() {
        return Err(vm.throw_type(format!("Constructor {} requires 'new'", kind.name())));
    }
    let first = args.at(0);
    let Some(source) = first.as_object() else {
        let length = to_index(vm, first, |length| {
            format!("Invalid typed array length: {length}")
        })?;
        // As in `ArrayBuffer`.
        vm.has_room((length * kind.size() as f64) as usize);
        let array =
            vm.create_from_constructor(Kind::TypedArray, args.new_target, kind.prototype())?;
        allocate_for(vm, array, kind, length)?;
        return Ok(array.into());
    };
    let array = vm.create_from_constructor(Kind::TypedArray, args.new_target, kind.prototype())?;
    vm.root(array);
    if let Some(view) = View::of(source) {
        from_typed_array(vm, array, kind, &view)?;
    } else if is_any_buffer(first).is_some() {
        from_buffer(vm, array, kind, source, args)?;
    } else {
        let method = iterator_method(vm, first)?;
        if method.is_undefined() {
            from_array_like(vm, array, kind, source)?;
        } else {
            let values = list(vm, first, method)?;
            let view = allocate_for(vm, array, kind, values.len() as f64)?;
            fill(vm, &view, &values)?;
        }
    }
    Ok(array.into())
}

/// `InitializeTypedArrayFromTypedArray`
fn from_typed_array(vm: &mut Vm, array: Obj, kind: ElementKind, source: &View) -> Completion<()> {
    let Some(length) = source.len() else {
        return Err(detached(vm, "Construct"));
    };
    let view = allocate_for(vm, array, kind, length as f64)?;
    if kind.is_big() != source.kind.is_big() {
        return Err(mixed(vm));
    }
    copy_elements(vm, (source, 0), (&view, 0), length)
}

/// `InitializeTypedArrayFromArrayBuffer`
fn from_buffer(
    vm: &mut Vm,
    array: Obj,
    kind: ElementKind,
    buffer: Obj,
    args: &Args<'_>,
) -> Completion<()> {
    let (name, size) = (kind.name(), kind.size() as f64);
    let outside =
        |offset: f64| format!("Start offset {offset} is outside the bounds of the buffer");
    let offset = to_index(vm, args.at(1), outside)?;
    if offset % size != 0.0 {
        return Err(vm.throw_range(format!(
            "start offset of {name} should be a multiple of {size}"
        )));
    }
    let length = match args.at(2) {
        Value::UNDEFINED => None,
        length => Some(to_index(vm, length, |length| {
            format!("Invalid typed array length: {length}")
        })?),
    };
    if is_detached(buffer) {
        return Err(detached(vm, "Construct"));
    }
    let available = byte_length(buffer) as f64;
    let fixed = match length {
        Some(length) => {
            if offset + length * size > available {
                if offset > available {
                    return Err(vm.throw_range(outside(offset)));
                }
                return Err(invalid_length(vm, length));
            }
            Some(length)
        }
        None if max_of(buffer).is_some() => {
            if offset > available {
                return Err(vm.throw_range(outside(offset)));
            }
            None
        }
        None => {
            if available % size != 0.0 {
                return Err(vm.throw_range(format!(
                    "byte length of {name} should be a multiple of {size}"
                )));
            }
            if offset > available {
                return Err(vm.throw_range(outside(offset)));
            }
            Some((available - offset) / size)
        }
    };
    attach(
        array,
        kind,
        buffer,
        offset as usize,
        fixed.map(|length| length as usize),
    );
    Ok(())
}

/// `InitializeTypedArrayFromArrayLike`
fn from_array_like(vm: &mut Vm, array: Obj, kind: ElementKind, source: Obj) -> Completion<()> {
    let length = vm.length_of(source)?;
    let view = allocate_for(vm, array, kind, length)?;
    for index in 0..length as usize {
        vm.work(1)?;
        let key = vm.index_key(index);
        let value = vm.get_o(source, key)?;
        let bits = kind.convert(vm, value)?;
        view.set_bits(index, bits);
    }
    Ok(())
}

/// `GetMethod(value, @@iterator)`
fn iterator_method(vm: &mut Vm, value: Value) -> Completion {
    if value.is_nullish() {
        return Err(vm.throw_not_iterable(value));
    }
    let key = PropKey::symbol(vm.symbols.iterator);
    let method = vm.get_method(value, key)?;
    Ok(vm.root(method))
}

/// `IteratorToList(GetIteratorFromMethod(value, method))`. Every value that is a cell is rooted.
fn list(vm: &mut Vm, value: Value, method: Value) -> Completion<Vec<Value>> {
    if let Some(array) = vm.pristine_array(value)
        && method == Value::from(vm.intrinsic(Intrinsic::ArrayProtoValues))
        && array.dense_len() == vm.array_length(array)
        && !array.dense_slice().iter().any(|value| value.is_hole())
    {
        // The list, and the bytes that it becomes.
        let count = array.dense_len() as usize;
        vm.ensure_room(if count < 1024 { 0 } else { count * 16 }, &[value, method])?;
        let mut values = Vec::with_capacity(count);
        for part in array.dense_slice().chunks(PART_BYTES / 16) {
            for &value in part.iter().filter(|value| value.is_cell()) {
                vm.root(value);
            }
            values.extend_from_slice(part);
            vm.work(part.len() / 2)?;
        }
        return Ok(values);
    }
    let mut values = Vec::new();
    let mut record = vm.get_iterator_from_method(value, method)?;
    while let Some(value) = vm.iterator_step_value(&mut record)? {
        vm.work(1)?;
        if value.is_cell() {
            vm.root(value);
        }
        if values.len() == values.capacity() && vm.heap.would_exceed(values.len() * 32) {
            return Err(vm.throw_out_of_memory());
        }
        values.push(value);
    }
    Ok(values)
}

/// Stores the values in order, converted.
fn fill(vm: &mut Vm, view: &View, values: &[Value]) -> Completion<()> {
    for (index, &value) in values.iter().enumerate() {
        let bits = match view.kind.encode_exact(value) {
            Some(bits) => bits,
            None => view.kind.convert(vm, value)?,
        };
        view.set_bits(index, bits);
        vm.work(1)?;
    }
    Ok(())
}

fn from(vm: &mut Vm, args: &Args<'_>) -> Completion {
    const METHOD: &str = "from";
    let Some(constructor) = args
        .this
        .as_object()
        .filter(|_| vm.is_constructor(args.this))
    else {
        let text = vm.display(args.this);
        return Err(vm.throw_type(format!("{text} is not a constructor")));
    };
    let (source, map, this) = (args.at(0), args.at(1), args.at(2));
    if !map.is_undefined() && !vm.is_callable(map) {
        let text = vm.display(map);
        return Err(vm.throw_type(format!("{text} is not a function")));
    }
    let method = iterator_method(vm, source)?;
    if !method.is_undefined() {
        let values = list(vm, source, method)?;
        let target = create_from(vm, constructor, &[Value::from(values.len())], METHOD)?;
        if map.is_undefined() {
            fill(vm, &target, &values)?;
            return Ok(target.array.into());
        }
        for (index, &value) in values.iter().enumerate() {
            vm.work(1)?;
            let mapped = vm.call(map, this, &[value, Value::from(index)])?;
            let bits = target.kind.convert(vm, mapped)?;
            target.set_bits(index, bits);
        }
        return Ok(target.array.into());
    }
    let source = vm.to_object(source)?;
    vm.root(source);
    let length = vm.length_of(source)?;
    let target = create_from(vm, constructor, &[Value::number(length)], METHOD)?;
    for index in 0..length as usize {
        vm.work(1)?;
        let key = vm.index_key(index);
        let mut value = vm.get_o(source, key)?;
        if !map.is_undefined() {
            value = vm.call(map, this, &[value, Value::from(index)])?;
        }
        let bits = target.kind.convert(vm, value)?;
        target.set_bits(index, bits);
    }
    Ok(target.array.into())
}

fn of(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(constructor) = args
        .this
        .as_object()
        .filter(|_| vm.is_constructor(args.this))
    else {
        let text = vm.display(args.this);
        return Err(vm.throw_type(format!("{text} is not a constructor")));
    };
    let new = vm.construct(constructor, &[Value::from(args.len())], constructor)?;
    vm.root(new);
    let Some(target) = View::of(new) else {
        return Err(incompatible(vm, "%TypedArray%.of", args.this));
    };
    match target.len() {
        Some(length) if length >= args.len() => {}
        Some(_) => {
            return Err(vm.throw_type(
                "Derived TypedArray constructor created an array which was too small",
            ));
        }
        None => return Err(detached(vm, "%TypedArray%.of")),
    }
    fill(vm, &target, args.values)?;
    Ok(new.into())
}

impl Vm {
    /// The key of an index of any size.
    pub(super) fn index_key(&mut self, index: usize) -> PropKey {
        match u32::try_from(index) {
            Ok(index) if index != u32::MAX => PropKey::index(index),
            _ => self.key_of_number(index as f64),
        }
    }
}
