//! Literals: objects, arrays, functions, templates, regular expressions, `arguments`.

use super::{
    link::SOLE_USER,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{Op, frame},
    heap::{Code, Kind, Obj, code::code_flag},
    machine::{Completion, Vm},
    object::{Lazy, Own, PropDesc, PropKey, attr, create::FUNCTION_INLINE},
    realm::Intrinsic,
    value::Value,
};

/// `NewObj`. Its cache holds the first shape and, above, how many values lie inline.
#[inline(never)]
pub(super) fn new_object(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let mut cache = pc.extra(1);
    if cache == 0 {
        cache = first_shape(vm, pc, fp);
    }
    let object = vm
        .heap
        .new_object(Kind::Object, cache as u32, (cache >> 32) as u8);
    fp.set(pc.a(), object.into());
    Go {
        pc: pc.offset(2),
        fp,
    }
}

#[cold]
fn first_shape(vm: &mut Vm, pc: Pc, fp: Fp) -> u64 {
    vm.enter(pc, fp);
    let inline = pc.x().clamp(4, 64);
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    let shape = vm
        .heap
        .shapes
        .root(proto.into(), Kind::Object, inline, true, Lazy::No);
    let cache = u64::from(shape) | u64::from(inline) << 32;
    pc.set_extra(1, cache);
    cache
}

/// `NewArr`
#[inline(never)]
pub(super) fn new_array(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.realm = fp.code().realm();
    let array = vm.new_array();
    if pc.uc() > 0 {
        vm.heap.reserve_dense(array, pc.uc() as u32);
    }
    fp.set(pc.a(), array.into());
    Go {
        pc: pc.offset(1),
        fp,
    }
}

/// `NewArrFrom`
#[inline(never)]
pub(super) fn new_array_from(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.realm = fp.code().realm();
    let array = vm.new_array_from(fp.offset(isize::from(pc.b())).slice(pc.uc()));
    fp.set(pc.a(), array.into());
    Go {
        pc: pc.offset(1),
        fp,
    }
}

/// `ArrPush`
#[inline(never)]
pub(super) fn array_push(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = match fp.get(pc.a()).as_object() {
        Some(array) => vm
            .ensure_element_room(array, array.dense_len(), fp.get(pc.b()))
            .and_then(|()| vm.array_push(array, fp.get(pc.b()))),
        None => Ok(()),
    };
    vm.done(pc, fp, result)
}

/// `ArrHole`
#[inline(never)]
pub(super) fn array_hole(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    if let Some(array) = fp.get(pc.a()).as_object() {
        let length = vm.array_length(array);
        vm.heap.push_dense(array, Value::HOLE);
        array.set_internal(0, Value::from(length + 1));
    }
    Go {
        pc: pc.offset(1),
        fp,
    }
}

/// `NewRegExp`
#[inline(never)]
pub(super) fn new_regexp(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let text = |bits| Value::from_bits(bits).as_string();
    let result = match (text(pc.extra(1)), text(pc.extra(2))) {
        (Some(pattern), Some(flags)) => vm.new_regexp(pattern, flags).map(Value::from),
        _ => Ok(Value::UNDEFINED),
    };
    vm.give(pc, fp, result)
}

/// `Closure`
#[inline(never)]
pub(super) fn closure(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let code = fp.code();
    vm.realm = code.realm();
    if let Some(inner) = vm.inner_code(code, pc.uc()) {
        let function = vm.new_closure(inner, fp.get(pc.b()));
        fp.set(pc.a(), function.into());
    }
    Go {
        pc: pc.offset(1),
        fp,
    }
}

/// `DefMethod`, `DefGetter`, `DefSetter`
#[inline(never)]
pub(super) fn define_method(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = define_method_of(vm, pc, fp);
    vm.done(pc, fp, result)
}

fn define_method_of(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion<()> {
    let Some(object) = fp.get(pc.a()).as_object() else {
        return Ok(());
    };
    let key = vm.to_property_key(fp.get(pc.b()))?;
    let function = fp.get(pc.c());
    let mut desc = PropDesc {
        enumerable: Some(pc.x() & 1 != 0),
        configurable: Some(true),
        ..PropDesc::default()
    };
    match pc.op() {
        Op::DefGetter => desc.get = Some(function),
        Op::DefSetter => desc.set = Some(function),
        _ => {
            desc.value = Some(function);
            desc.writable = Some(true);
        }
    }
    vm.define_or_throw(object, key, &desc)
}

/// `SetProto`
#[inline(never)]
pub(super) fn set_proto(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let proto = fp.get(pc.b());
    let result = match fp.get(pc.a()).as_object() {
        Some(object) if proto.is_object() || proto.is_null() => {
            vm.set_prototype_of(object, proto).map(|_| ())
        }
        _ => Ok(()),
    };
    vm.done(pc, fp, result)
}

/// `SetFnName`
#[inline(never)]
pub(super) fn set_function_name(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = name_function(vm, fp.get(pc.a()), fp.get(pc.b()), pc.x());
    vm.done(pc, fp, result)
}

fn name_function(vm: &mut Vm, function: Value, name: Value, prefix: u8) -> Completion<()> {
    let Some(function) = function
        .as_object()
        .filter(|function| function.kind() == Kind::Function)
    else {
        return Ok(());
    };
    let name_key = vm.names.name;
    let empty = vm.names.empty.value();
    if vm.ordinary_own_property(function, name_key) != Own::Data(empty, attr::C) {
        return Ok(());
    }
    let key = vm.to_property_key(name)?;
    let prefix = match prefix {
        1 => "get",
        2 => "set",
        _ => "",
    };
    let name = vm.function_name(key, prefix);
    vm.store_named(function, name_key, name, attr::C);
    Ok(())
}

/// `CopyProps`: `CopyDataProperties`
#[inline(never)]
pub(super) fn copy_properties(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let mark = vm.root_mark();
    let result = copy_data_properties(vm, pc, fp);
    vm.unroot_to(mark);
    vm.done(pc, fp, result)
}

fn copy_data_properties(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion<()> {
    let (Some(target), source) = (fp.get(pc.a()).as_object(), fp.get(pc.b())) else {
        return Ok(());
    };
    if source.is_nullish() {
        return Ok(());
    }
    let mut excluded = Vec::new();
    for &key in fp.offset(isize::from(pc.c())).slice(pc.x() as usize) {
        excluded.push(vm.to_property_key(key)?);
    }
    let source = vm.to_object(source)?;
    vm.root(source);
    if excluded.is_empty() && vm.clone_plain(target, source) {
        return Ok(());
    }
    let keys = vm.own_keys(source)?;
    excluded
        .iter()
        .chain(&keys)
        .for_each(|key| vm.roots.push(key.value()));
    for key in keys {
        if excluded.contains(&key) {
            continue;
        }
        vm.work(1)?;
        let value = match vm.own_property(source, key)? {
            Own::Data(value, attrs) if attrs & attr::E != 0 && source.kind() != Kind::Proxy => {
                value
            }
            own if own != Own::None && own.attrs() & attr::E != 0 => vm.get_o(source, key)?,
            _ => continue,
        };
        vm.create_data_property(target, key, value)?;
    }
    Ok(())
}

/// `GetTemplate`: `GetTemplateObject`
#[inline(never)]
pub(super) fn get_template(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = template_object(vm, fp.code(), pc.extra(1) as usize);
    vm.give(pc, fp, result)
}

fn template_object(vm: &mut Vm, code: Code, index: usize) -> Completion {
    match code.data().templates.get(index) {
        Some(known) if known.is_object() => return Ok(*known),
        _ => {}
    }
    let template = std::sync::Arc::clone(&code.data().template);
    let Some(site) = template.templates.get(index) else {
        return Ok(Value::UNDEFINED);
    };
    let (cooked, raw) = (vm.new_array(), vm.new_array());
    for (at, (text, raw_text)) in site.parts.iter().enumerate() {
        let text = match text {
            Some(text) => Value::string(vm.text_atom(text)),
            None => Value::UNDEFINED,
        };
        let raw_text = Value::string(vm.text_atom(raw_text));
        vm.store_element(cooked, at as u32, text, attr::E);
        vm.store_element(raw, at as u32, raw_text, attr::E);
    }
    for array in [raw, cooked] {
        array.set_internal(0, Value::from(site.parts.len()));
        if array == cooked {
            let key = vm.names.raw;
            vm.store_named(cooked, key, raw.into(), 0);
        }
        vm.prevent_extensions(array)?;
        array.cell().add_flags(crate::vm::heap::flag::FIXED_LENGTH);
    }
    code.with_data(|data| data.templates[index] = cooked.into());
    Ok(cooked.into())
}

/// `CreateArgs`
#[inline(never)]
pub(super) fn create_arguments(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let Some(values) = fp.get(pc.b()).as_object() else {
        return Go::next(pc, fp);
    };
    let code = fp.code();
    let sloppy = pc.x() & 1 != 0;
    let count = values.dense_slice().len();
    let map = if sloppy {
        argument_map(vm, code, pc.extra(1) as usize, count)
    } else {
        Value::UNDEFINED
    };
    let kind = if map.is_undefined() {
        Kind::Arguments
    } else {
        Kind::MappedArguments
    };
    let which = usize::from(sloppy) + usize::from(kind == Kind::MappedArguments);
    let mut shape = vm.realms[vm.realm as usize].shapes.arguments[which];
    if shape == 0 {
        shape = arguments_shape(vm, kind, sloppy, which);
    }
    let object = vm.heap.new_object(kind, shape, ARGUMENTS_INLINE);
    if u64::from(pc.x()) & SOLE_USER != 0 {
        vm.heap.take_elements(object, values);
    } else {
        vm.heap.set_elements(object, values.dense_slice());
    }
    let intrinsics = &vm.realms[vm.realm as usize].intrinsics;
    let array_values = intrinsics[Intrinsic::ArrayProtoValues as usize];
    let callee = if sloppy {
        fp.get(frame::CALLEE)
    } else {
        let thrower = intrinsics[Intrinsic::ThrowTypeError as usize];
        Value::cell(vm.heap.new_slots(&[thrower, thrower]))
    };
    object.set_slot(0, Value::from(count));
    object.set_slot(1, array_values);
    object.set_slot(2, callee);
    if kind == Kind::MappedArguments {
        object.set_internal(0, fp.get(pc.c()));
        object.set_internal(1, map);
    }
    fp.set(pc.a(), object.into());
    Go::next(pc, fp)
}

/// Inline values of an arguments object: its internal slots, `length`, the iterator, `callee`.
const ARGUMENTS_INLINE: u8 = 6;

/// Which environment slot each of the first `count` arguments is, as a `Slots` cell; undefined if none is.
fn argument_map(vm: &mut Vm, code: Code, index: usize, count: usize) -> Value {
    let template = code.template();
    let Some(map) = template
        .argument_maps
        .get(index)
        .and_then(|map| map.get(..map.len().min(count)))
    else {
        return Value::UNDEFINED;
    };
    if map.iter().all(|&slot| slot < 0) {
        return Value::UNDEFINED;
    }
    let map: Vec<Value> = map
        .iter()
        .map(|&slot| {
            if slot < 0 {
                Value::UNDEFINED
            } else {
                Value::int(slot)
            }
        })
        .collect();
    Value::cell(vm.heap.new_slots(&map))
}

/// The shape of a kind of arguments object.
#[cold]
fn arguments_shape(vm: &mut Vm, kind: Kind, sloppy: bool, which: usize) -> u32 {
    let proto = vm.intrinsic(Intrinsic::ObjectPrototype);
    let mut shape = vm
        .heap
        .shapes
        .root(proto.into(), kind, ARGUMENTS_INLINE, true, Lazy::No);
    let properties = [
        (vm.names.length, attr::METHOD),
        (PropKey::symbol(vm.symbols.iterator), attr::METHOD),
        (
            vm.names.callee,
            if sloppy { attr::METHOD } else { attr::ACCESSOR },
        ),
    ];
    for (key, attrs) in properties {
        if let Some((next, _)) = vm.heap.shapes.with_property(shape, key, attrs) {
            shape = next;
        }
    }
    vm.heap.shapes.keep(shape, vm.realm);
    vm.realms[vm.realm as usize].shapes.arguments[which] = shape;
    shape
}

/// `RestArgs`
#[inline(never)]
pub(super) fn rest_arguments(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.realm = fp.code().realm();
    let values = fp.get(pc.b());
    if u64::from(pc.x()) & SOLE_USER != 0 && pc.uc() == 0 {
        fp.set(pc.a(), values);
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    let array = vm.new_array();
    if let Some(values) = values.as_object() {
        let rest = values.dense_slice().get(pc.uc()..).unwrap_or_default();
        vm.heap.set_elements(array, rest);
        array.set_internal(0, Value::from(rest.len()));
    }
    fp.set(pc.a(), array.into());
    Go {
        pc: pc.offset(1),
        fp,
    }
}

impl Vm {
    /// A closure of `code` over the environment `env` (or null).
    #[inline]
    pub fn new_closure(&mut self, code: Code, env: Value) -> Obj {
        let shapes = &self.realms[code.realm() as usize].shapes;
        let special = match code.flags() & (code_flag::GENERATOR | code_flag::ASYNC) {
            0 => 0,
            code_flag::GENERATOR => shapes.generator_function,
            code_flag::ASYNC => shapes.async_function,
            _ => shapes.async_generator_function,
        };
        let shape = if special == 0 {
            shapes.function
        } else {
            special
        };
        let function = self.heap.new_object(Kind::Function, shape, FUNCTION_INLINE);
        function.set_internal(0, code.into());
        function.set_internal(1, env);
        function
    }
}
