//! Properties by computed key: dense elements, strings' units, typed arrays; everything else through property keys.

use super::{
    exception::unwind,
    proxy_trap,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    heap::{
        Cell, Kind, Str, flag,
        obj::{ELEMENTS, INLINE, STORAGE},
    },
    machine::{Completion, Throw, Vm},
    object::PropKey,
    value::Value,
};

/// The dense element of an object; the hole if there is none, or if somebody else must be asked.
#[inline(always)]
pub(super) fn get_dense(cell: Cell, index: u32) -> Value {
    let elements = Cell::from_addr(cell.read(ELEMENTS));
    if index < elements.read(8) as u32 && cell.kind() != Kind::MappedArguments {
        return Value::from_bits(elements.read(STORAGE + index as usize * 8));
    }
    Value::HOLE
}

/// Overwrites a dense element, or appends to an array that has room; was it done?
#[inline(always)]
pub(super) fn set_dense(cell: Cell, index: u32, value: Value) -> bool {
    let elements = Cell::from_addr(cell.read(ELEMENTS));
    let word = elements.read(8);
    let offset = STORAGE + index as usize * 8;
    let header = cell.header();
    if index < word as u32 {
        if header.kind == Kind::MappedArguments || Value::from_bits(elements.read(offset)).is_hole()
        {
            return false;
        }
        elements.write(offset, value.bits());
        elements.write_barrier_at(offset, value);
        return true;
    }
    if index != word as u32
        || u64::from(index) >= word >> 32
        || header.kind != Kind::Array
        || header.flags & flag::EXOTIC != 0
    {
        return false;
    }
    elements.write(offset, value.bits());
    elements.write(8, word + 1);
    elements.write_barrier_at(offset, value);
    let length = Value::from_bits(cell.read(INLINE));
    if length.is_int() && length.to_int_unchecked() as u32 <= index {
        cell.write(INLINE, Value::from(index + 1).bits());
    }
    true
}

/// An array index as a key value that is a double.
#[inline]
fn integral(key: Value) -> Option<u32> {
    if let Some(int) = key.as_int() {
        return u32::try_from(int).ok();
    }
    if !key.is_double() {
        return None;
    }
    let number = key.to_double_unchecked();
    let index = number as u32;
    (f64::from(index) == number && index != u32::MAX).then_some(index)
}

/// `GetElem`
#[inline(never)]
pub(super) fn get_elem(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let (base, key) = (fp.get(pc.b()), fp.get(pc.c()));
    if let Some(index) = integral(key) {
        if let Some(string) = base.as_string() {
            if (index as usize) < string.len() {
                if let Err(throw) = vm.flatten_long(base) {
                    return unwind(vm, throw);
                }
                let unit = vm.char_at(string, index as usize);
                fp.set(pc.a(), unit);
                return Go {
                    pc: pc.offset(1),
                    fp,
                };
            }
        } else if let Some(object) = base.as_object() {
            let value = get_dense(object.cell(), index);
            if !value.is_hole() {
                fp.set(pc.a(), value);
                return Go {
                    pc: pc.offset(1),
                    fp,
                };
            }
        }
    }
    // FAST PATH: a name that an object which is used as a map has itself.
    if let (Some(object), Some(name)) = (base.as_object(), key.as_string())
        && object.kind() == Kind::Object
        && let Some(name) = vm.heap.known_name(name)
        && let Some(value) = vm.map_entry(object, PropKey::atom(name))
    {
        fp.set(pc.a(), value);
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    vm.enter(pc, fp);
    if let Some(name) = vm.key_of_proxy(base, key)
        && let Some(go) = proxy_trap::get(vm, pc, fp, base, name)
    {
        return go;
    }
    let result = vm.get_element(base, key);
    vm.give(pc, fp, result)
}

/// `GetElemRef`
#[inline(never)]
pub(super) fn get_elem_ref(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let (base, key) = (fp.get(pc.b()), fp.get(pc.c()));
    if integral(key).is_some() || key.is_string() {
        return get_elem(vm, pc, fp);
    }
    vm.enter(pc, fp);
    let result = if base.is_nullish() {
        vm.get_element(base, key)
    } else {
        vm.to_property_key(key).and_then(|key| {
            let name = vm.heap.key_to_value(key);
            fp.set(pc.c(), name);
            vm.get_v(base, key)
        })
    };
    vm.give(pc, fp, result)
}

/// `SetElem`
#[inline(never)]
pub(super) fn set_elem(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let (base, key, value) = (fp.get(pc.a()), fp.get(pc.b()), fp.get(pc.c()));
    // FAST PATH: a name on an ordinary object.
    if let (Some(object), Some(name)) = (base.as_object(), key.as_string())
        && object.kind() == Kind::Object
        && let Some(name) = vm.heap.known_name(name)
        && vm.put_slot(object, PropKey::atom(name), value)
    {
        return Go {
            pc: pc.offset(1),
            fp,
        };
    }
    let strict = pc.x() & 1 != 0;
    if let Some(name) = vm.key_of_proxy(base, key)
        && let Some(go) = proxy_trap::set(vm, (pc, fp), base, name, value, strict)
    {
        return go;
    }
    let result = vm.set_element(base, key, value, strict);
    vm.done(pc, fp, result)
}

/// `DelElem`
#[inline(never)]
pub(super) fn delete_elem(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let base = fp.get(pc.b());
    let result = if base.is_nullish() {
        Err(vm.throw_type("Cannot convert undefined or null to object"))
    } else {
        vm.to_property_key(fp.get(pc.c()))
            .and_then(|key| vm.delete_reference(base, key, pc.x() & 1 != 0))
    };
    vm.give(pc, fp, result)
}

/// `DefElem`
#[inline(never)]
pub(super) fn define_elem(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = match fp.get(pc.a()).as_object() {
        Some(object) => vm
            .to_property_key(fp.get(pc.b()))
            .and_then(|key| vm.create_data_property_or_throw(object, key, fp.get(pc.c()))),
        None => Ok(()),
    };
    vm.done(pc, fp, result)
}

impl Vm {
    /// The key, if `base` is a proxy and finding it runs nothing.
    #[inline]
    pub(super) fn key_of_proxy(&mut self, base: Value, key: Value) -> Option<PropKey> {
        // What is long may take long.
        let is_long = |text: Str| text.len() > 256;
        if base.as_object()?.kind() != Kind::Proxy
            || key.is_object()
            || key.as_string().is_some_and(is_long)
        {
            return None;
        }
        self.element_key(key).ok()
    }

    fn get_element(&mut self, base: Value, key: Value) -> Completion {
        if base.is_nullish() {
            return Err(self.throw_nullish_read(base, key));
        }
        let key = self.element_key(key)?;
        if let Some(object) = base.as_object()
            && !key.value().is_number()
            && let Some(value) = self
                .cached_property(object, key)
                .or_else(|| self.find_property(object, key))
        {
            return Ok(value);
        }
        self.get_v(base, key)
    }

    fn set_element(
        &mut self,
        base: Value,
        key: Value,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        if base.is_nullish() {
            let name = self.display_computed(key);
            let kind = if base.is_null() { "null" } else { "undefined" };
            return Err(self.throw_type(format!(
                "Cannot set properties of {kind} (setting '{name}')"
            )));
        }
        if let (Some(object), Some(index)) = (base.as_object(), integral(key))
            && object.kind() == Kind::Array
            && !object.has_flag(flag::EXOTIC)
            && index == object.dense_len()
            && self.lacks_indexed_protos(object)
        {
            self.ensure_element_room(object, index, value)?;
            self.heap.push_dense(object, value);
            if self.array_length(object) <= index {
                object.set_internal(0, Value::from(index + 1));
            }
            return Ok(());
        }
        let key = self.element_key(key)?;
        if let (Some(object), Some(index)) = (base.as_object(), key.as_index()) {
            self.ensure_element_room(object, index, value)?;
        }
        match base.as_object() {
            Some(object) if key.value().is_string() && self.put_slot(object, key, value) => Ok(()),
            Some(object) => self.put(object, key, value, strict),
            None => self.set_primitive(base, key, value, strict),
        }
    }

    /// Has no object on the prototype chain an indexed property of its own?
    fn lacks_indexed_protos(&self, object: crate::vm::heap::Obj) -> bool {
        let mut at = self.proto_of(object).as_object();
        while let Some(proto) = at {
            let plain = proto.dense_len() == 0 && !proto.has_flag(flag::EXOTIC);
            if !plain
                || matches!(
                    proto.kind(),
                    Kind::Proxy | Kind::TypedArray | Kind::StringObject | Kind::ModuleNamespace
                )
            {
                return false;
            }
            at = self.proto_of(proto).as_object();
        }
        true
    }

    #[inline]
    fn element_key(&mut self, key: Value) -> Completion<PropKey> {
        if let Some(index) = integral(key) {
            return Ok(PropKey::index(index));
        }
        self.to_property_key(key)
    }

    /// A computed key as messages show it; runs no JavaScript.
    #[cold]
    fn throw_nullish_read(&mut self, base: Value, key: Value) -> Throw {
        let kind = if base.is_null() { "null" } else { "undefined" };
        if key == self.symbols.iterator.into() {
            let shown = if base.is_null() { "object null" } else { kind };
            return self.throw_type(format!(
                "{shown} is not iterable (cannot read property Symbol(Symbol.iterator))"
            ));
        }
        // What runs a program's code to become a key is not shown.
        if key.is_object() && !self.display(key).starts_with("#<") {
            return self.throw_type(format!("Cannot read properties of {kind}"));
        }
        let name = self.display_computed(key);
        self.throw_type(format!(
            "Cannot read properties of {kind} (reading '{name}')"
        ))
    }

    fn display_computed(&mut self, key: Value) -> String {
        match key.as_string() {
            Some(text) => self.heap.units(&text).to_string_lossy(),
            None => self.display(key),
        }
    }
}
