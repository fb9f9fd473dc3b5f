//! Named properties and their inline caches.
//!
//! A cached instruction keeps in its word 2 the shape it was filled for, and for what depends on prototypes or on the absence
//! of properties there, in the high half (or in word 3) the epoch. `c` is a byte offset, word 3 the address of a slot.
//! `GetPropPoly` and `SetPropPoly` keep the address of a [`PolyCache`] in word 3, owned by the code cell. An instruction
//! that met more shapes than that has [`MEGAMORPHIC`] in word 3 of its general form and caches no more.
//!
//! Why a hit is valid: a shape that is no dictionary fixes which named properties an object has, in which slots, with
//! which attributes, and its prototype. Whatever changes on an object that is a prototype moves the epoch. An address stays
//! good as long: storage moves only when properties are added.

use super::{
    call::{Called, finish_call},
    lookup::{Found, find, read_any_place},
    proxy_trap,
    regs::{Fp, Go, Pc},
    typed,
};
use crate::vm::{
    bytecode::{Op, caches, frame},
    heap::{
        Cell, Kind, Obj,
        code::PolyCache,
        flag,
        obj::{OUT, STORAGE},
    },
    machine::{Completion, Vm},
    object::{PropKey, Slot, attr},
    value::Value,
};

/// Word 3 of an instruction that has met too many shapes.
const MEGAMORPHIC: u64 = 1;

/// Places below this are offsets, others addresses.
pub(super) const FIRST_ADDRESS: u64 = 1 << 20;

/// What caches of absent properties refer to.
pub(super) static ABSENT: u64 = Value::UNDEFINED.bits();

/// Reads the slot at an address that a cache holds.
#[inline(always)]
pub(super) fn read_place(address: u64) -> Value {
    let place = std::ptr::with_exposed_provenance::<u64>(address as usize);
    // SAFETY: callers compared the epoch first: the cell that the address was taken from is alive and its storage in place.
    Value::from_bits(unsafe { place.read() })
}

/// The address of a slot.
pub(super) fn place_of(holder: Obj, slot: u32) -> u64 {
    let (cell, offset) = holder.slot_place(slot);
    cell.addr() + offset as u64
}

/// `GetProp` and its quickened forms, when the cache did not answer.
#[inline(never)]
pub(super) fn get_prop(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let base = fp.get(pc.b());
    let key = Vm::key_operand(pc);
    if pc.op() == Op::GetProp
        && pc.extra(3) == MEGAMORPHIC
        && let Some(object) = base.as_object()
        && let Some(value) = vm
            .cached_property(object, key)
            .or_else(|| vm.find_property(object, key))
    {
        return vm.give(pc, fp, Ok(value));
    }
    let start = match base.as_object() {
        Some(object) => object,
        None => {
            if base.is_nullish() || key.as_index().is_some() {
                let result = vm.get_v(base, key);
                return vm.give(pc, fp, result);
            }
            if let Some(string) = base.as_string()
                && key == vm.names.length
            {
                pc.set_op(Op::GetPropLength);
                return vm.give(pc, fp, Ok(Value::from(string.len())));
            }
            vm.prototype_for_primitive(base)
        }
    };
    if let Some(go) = proxy_trap::get(vm, pc, fp, base, key) {
        return go;
    }
    match find(vm, start, key) {
        Found::Slot { holder, slot, own } => {
            let value = holder.slot(slot.slot);
            if slot.attrs & attr::ACCESSOR != 0 {
                if base.is_object() {
                    cache_getter(vm, pc, start, holder, slot);
                }
                return run_getter(vm, pc, fp, value, base);
            }
            if base.is_object() {
                cache_get(vm, pc, fp, start, Some((holder, slot, own)));
            } else {
                cache_primitive(vm, pc, base, holder, slot);
            }
            vm.give(pc, fp, Ok(value))
        }
        Found::Absent => {
            if base.is_object() {
                cache_get(vm, pc, fp, start, None);
            }
            vm.give(pc, fp, Ok(Value::UNDEFINED))
        }
        Found::Special => {
            if start.kind() == Kind::Array && key == vm.names.length && base.is_object() {
                pc.set_op(Op::GetPropLength);
                return vm.give(pc, fp, Ok(start.internal(0)));
            }
            if start.kind() == Kind::ModuleNamespace
                && let Some((env, slot)) = vm.namespace_binding(start, key)
            {
                let value = env.get(slot);
                if !value.is_hole() {
                    let dependent =
                        u64::from(start.shape()) | u64::from(vm.heap.shapes.epoch) << 32;
                    let (cell, offset) = env.slot_place(slot);
                    let place = cell.addr() + offset as u64;
                    remember(pc, fp, Op::GetPropProto, 0, dependent, place);
                    return vm.give(pc, fp, Ok(value));
                }
            }
            let result = vm.get(start, key, base);
            vm.give(pc, fp, result)
        }
    }
}

/// `GetPropGetter` hit: calls the getter as a frame.
#[inline(never)]
pub(super) fn call_getter(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    run_getter(vm, pc, fp, read_place(pc.extra(3)), fp.get(pc.b()))
}

fn run_getter(vm: &mut Vm, pc: Pc, fp: Fp, pair: Value, receiver: Value) -> Go {
    let getter = pair
        .as_cell()
        .map_or(Value::UNDEFINED, |pair| pair.slots_get(0));
    if getter.is_undefined() {
        return vm.give(pc, fp, Ok(Value::UNDEFINED));
    }
    if let Some(length) = typed::length(getter, receiver) {
        return vm.give(pc, fp, Ok(length));
    }
    let result = vm.call_from_op(getter, receiver, &[], frame::WIDE);
    finish_call(vm, pc, fp, result)
}

/// May a property found on `holder` from `object` be cached: do the shapes tell of every change?
pub(super) fn is_cacheable(vm: &Vm, object: Obj, holder: Option<Obj>) -> bool {
    if vm.heap.shapes.get(object.shape()).dictionary || Some(object) == holder {
        return !vm.heap.shapes.get(object.shape()).dictionary;
    }
    let mut at = vm.proto_of(object).as_object();
    while let Some(proto) = at {
        if !proto.has_flag(flag::IS_PROTO) {
            return false;
        }
        if Some(proto) == holder {
            return true;
        }
        at = vm.proto_of(proto).as_object();
    }
    holder.is_none()
}

fn cache_getter(vm: &mut Vm, pc: Pc, object: Obj, holder: Obj, slot: Slot) {
    // An own accessor's pair differs from object to object of the same shape.
    if object != holder && is_cacheable(vm, object, Some(holder)) && pc.op() != Op::GetPropPoly {
        pc.set_op(Op::GetPropGetter);
        pc.set_extra(
            2,
            u64::from(object.shape()) | u64::from(vm.heap.shapes.epoch) << 32,
        );
        pc.set_extra(3, place_of(holder, slot.slot));
    }
}

fn cache_primitive(vm: &mut Vm, pc: Pc, base: Value, holder: Obj, slot: Slot) {
    if base.is_string() || base.is_int() {
        pc.set_op(Op::GetPropPrimitive);
        pc.set_extra(2, base.bits() >> 48 | u64::from(vm.heap.shapes.epoch) << 32);
        pc.set_extra(3, place_of(holder, slot.slot));
    }
}

/// A byte offset, with a bit that tells out-of-line slots, as poly caches keep it.
pub(super) fn own_place(object: Obj, slot: u32) -> Option<(Op, Op, i16)> {
    let (cell, offset) = object.slot_place(slot);
    let offset = i16::try_from(offset).ok()?;
    Some(if cell == object.cell() {
        (Op::GetPropOwn, Op::SetPropOwn, offset)
    } else {
        (Op::GetPropOut, Op::SetPropOut, offset)
    })
}

/// Remembers where a data property was found (`None`: nowhere).
fn cache_get(vm: &mut Vm, pc: Pc, fp: Fp, object: Obj, found: Option<(Obj, Slot, bool)>) {
    if !is_cacheable(vm, object, found.map(|found| found.0)) {
        return;
    }
    let shape = u64::from(object.shape());
    let dependent = shape | u64::from(vm.heap.shapes.epoch) << 32;
    let (op, offset, key, place) = match found {
        Some((holder, slot, true)) => match own_place(holder, slot.slot) {
            Some((op, _, offset)) => {
                let place = (offset as u64) << 1 | u64::from(op == Op::GetPropOut);
                (op, offset, shape, place)
            }
            None => return,
        },
        Some((holder, slot, false)) => {
            (Op::GetPropProto, 0, dependent, place_of(holder, slot.slot))
        }
        None => (
            Op::GetPropProto,
            0,
            dependent,
            (&raw const ABSENT).expose_provenance() as u64,
        ),
    };
    remember(pc, fp, op, offset, key, place);
}

/// Adds an answer to the instruction's cache: `key` is a shape, with the epoch of a place that is not the object's own.
fn remember(pc: Pc, fp: Fp, op: Op, offset: i16, key: u64, place: u64) {
    let now = pc.op();
    if now == Op::GetPropPoly {
        return extend_poly(pc, key, place);
    }
    if now == Op::GetProp && pc.extra(3) == MEGAMORPHIC {
        return;
    }
    let old = pc.extra(2);
    let known = matches!(now, Op::GetPropOwn | Op::GetPropOut | Op::GetPropProto)
        && old as u32 != 0
        && old as u32 != key as u32;
    if known {
        let old_place = match now {
            Op::GetPropOwn => (pc.c() as u64) << 1,
            Op::GetPropOut => (pc.c() as u64) << 1 | 1,
            _ => pc.extra(3),
        };
        return start_poly(fp, pc, Op::GetPropPoly, [(old, old_place), (key, place)]);
    }
    pc.set_op(op);
    pc.set_c(offset);
    pc.set_extra(2, key);
    pc.set_extra(3, place);
}

/// Turns a monomorphic instruction into a polymorphic one.
fn start_poly(fp: Fp, pc: Pc, op: Op, entries: [(u64, u64); 2]) {
    let mut cache = Box::<PolyCache>::default();
    for (index, (key, place)) in entries.into_iter().enumerate() {
        cache.keys[index] = key;
        cache.places[index] = place;
    }
    let address = std::ptr::from_mut(&mut *cache).expose_provenance();
    fp.code().add_cache(cache);
    pc.set_op(op);
    pc.set_extra(2, 0);
    pc.set_extra(3, address as u64);
}

/// The cache at an address that an instruction holds.
#[inline(always)]
fn poly<'a>(address: u64) -> &'a PolyCache {
    // SAFETY: the code cell that the instruction belongs to owns the cache, boxed; it changes only in `extend_poly`, and in a
    // collection, and no reference is held across either.
    unsafe { &*std::ptr::with_exposed_provenance::<PolyCache>(address as usize) }
}

/// Adds an entry, or gives up: the instruction becomes megamorphic.
fn extend_poly(pc: Pc, key: u64, place: u64) {
    let pointer = std::ptr::with_exposed_provenance_mut::<PolyCache>(pc.extra(3) as usize);
    // SAFETY: as in `poly`.
    let cache = unsafe { &mut *pointer };
    let at = cache
        .keys
        .iter()
        .position(|&old| old as u32 == key as u32 || old == 0);
    match at {
        Some(at) => {
            cache.keys[at] = key;
            cache.places[at] = place;
        }
        None => {
            pc.set_op(caches::general(pc.op()));
            pc.set_extra(2, 0);
            pc.set_extra(3, MEGAMORPHIC);
        }
    }
}

/// `GetPropPoly`
#[inline(never)]
pub(super) fn poly_get(vm: &Vm, cell: Cell, cache: u64) -> Option<Value> {
    let shape = cell.header().shape;
    let cache = poly(cache);
    let at = cache.keys.iter().position(|&key| key as u32 == shape)?;
    let epoch = (cache.keys[at] >> 32) as u32;
    if epoch != 0 && epoch != vm.heap.shapes.epoch {
        return None;
    }
    Some(read_any_place(cell, cache.places[at]))
}

/// `SetPropPoly`
#[inline(never)]
pub(super) fn poly_set(cell: Cell, cache: u64, value: Value) -> bool {
    let shape = cell.header().shape;
    let cache = poly(cache);
    let Some(at) = cache.keys.iter().position(|&key| key as u32 == shape) else {
        return false;
    };
    let place = cache.places[at];
    let holder = if place & 1 == 0 {
        cell
    } else {
        Cell::from_addr(cell.read(OUT))
    };
    holder.write((place >> 1) as usize, value.bits());
    holder.write_barrier();
    true
}

/// `SetPropAddOut`: adds an out-of-line slot where there is room.
#[inline(never)]
pub(super) fn add_out(vm: &Vm, pc: Pc, cell: Cell, value: Value) -> bool {
    let mut header = cell.header();
    let fits = header.shape == pc.extra(2) as u32
        && header.flags & flag::IS_PROTO == 0
        && pc.extra(3) == u64::from(vm.heap.shapes.epoch)
        && cell.read(OUT) != 0;
    if !fits {
        return false;
    }
    let slots = Cell::from_addr(cell.read(OUT));
    let offset = pc.c() as usize;
    if (offset - STORAGE) / 8 >= slots.header().shape as usize {
        return false;
    }
    slots.write(offset, value.bits());
    slots.write_barrier();
    header.shape = (pc.extra(2) >> 32) as u32;
    cell.set_header(header);
    cell.write_barrier();
    true
}

/// `SetProp` and its quickened forms, when the cache did not answer.
#[inline(never)]
pub(super) fn set_prop(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let (base, value) = (fp.get(pc.a()), fp.get(pc.b()));
    let (key, strict) = (Vm::key_operand(pc), pc.x() & 1 != 0);
    let Some(object) = base.as_object() else {
        let result = vm.set_primitive(base, key, value, strict);
        return vm.done(pc, fp, result);
    };
    match find(vm, object, key) {
        Found::Slot { holder, slot, .. } if slot.attrs & attr::ACCESSOR != 0 => {
            let setter = holder
                .slot(slot.slot)
                .as_cell()
                .map_or(Value::UNDEFINED, |pair| pair.slots_get(1));
            if setter.is_undefined() {
                return refuse(vm, pc, fp, base, key, strict);
            }
            match vm.call_from_op(setter, base, &[value], frame::WIDE | frame::DISCARD) {
                Ok(Called::Frame(go)) => go,
                result => vm.done(pc, fp, result.map(|_| ())),
            }
        }
        Found::Slot { slot, .. } if slot.attrs & attr::W == 0 => {
            refuse(vm, pc, fp, base, key, strict)
        }
        Found::Slot {
            holder,
            slot,
            own: true,
        } => {
            cache_set(vm, pc, fp, holder, slot);
            holder.set_slot(slot.slot, value);
            Go::next(pc, fp)
        }
        Found::Slot { .. } | Found::Absent => {
            if !vm.heap.shapes.get(object.shape()).extensible {
                return refuse(vm, pc, fp, base, key, strict);
            }
            vm.finish_lazy_all(object);
            let before = object.shape();
            vm.add_own(object, key, value, attr::ALL);
            cache_add(vm, pc, object, before);
            Go::next(pc, fp)
        }
        Found::Special => {
            if let Some(go) = proxy_trap::set(vm, (pc, fp), base, key, value, strict) {
                return go;
            }
            let result = vm.put(object, key, value, strict);
            vm.done(pc, fp, result)
        }
    }
}

/// An assignment that the object refuses: an error in strict code.
fn refuse(vm: &mut Vm, pc: Pc, fp: Fp, base: Value, key: PropKey, strict: bool) -> Go {
    let result = if strict {
        Err(vm.throw_read_only(base, key))
    } else {
        Ok(())
    };
    vm.done(pc, fp, result)
}

fn cache_set(vm: &mut Vm, pc: Pc, fp: Fp, object: Obj, slot: Slot) {
    let shape = u64::from(object.shape());
    if vm.heap.shapes.get(object.shape()).dictionary {
        return;
    }
    let Some((_, op, offset)) = own_place(object, slot.slot) else {
        return;
    };
    let place = (offset as u64) << 1 | u64::from(op == Op::SetPropOut);
    let now = pc.op();
    if now == Op::SetPropPoly {
        return extend_poly(pc, shape, place);
    }
    if now == Op::SetProp && pc.extra(3) == MEGAMORPHIC {
        return;
    }
    let old = pc.extra(2);
    if matches!(now, Op::SetPropOwn | Op::SetPropOut)
        && old as u32 != 0
        && old as u32 != shape as u32
    {
        let old_place = (pc.c() as u64) << 1 | u64::from(now == Op::SetPropOut);
        return start_poly(
            fp,
            pc,
            Op::SetPropPoly,
            [(old & 0xFFFF_FFFF, old_place), (shape, place)],
        );
    }
    pc.set_op(op);
    pc.set_c(offset);
    pc.set_extra(2, shape);
    pc.set_extra(3, 0);
}

/// Remembers an addition that took `object` from the shape `before` to its present one.
fn cache_add(vm: &mut Vm, pc: Pc, object: Obj, before: u32) {
    let after = object.shape();
    let shapes = &vm.heap.shapes;
    let shared = !shapes.get(before).dictionary && !shapes.get(after).dictionary && before != after;
    let megamorphic =
        pc.op() == Op::SetPropPoly || (pc.op() == Op::SetProp && pc.extra(3) == MEGAMORPHIC);
    if !shared || megamorphic || object.has_flag(flag::IS_PROTO) || object.kind() == Kind::Global {
        return;
    }
    let Some((_, op, offset)) = own_place(object, shapes.get(after).count() - 1) else {
        return;
    };
    pc.set_op(if op == Op::SetPropOwn {
        Op::SetPropAdd
    } else {
        Op::SetPropAddOut
    });
    pc.set_c(offset);
    pc.set_extra(2, u64::from(before) | u64::from(after) << 32);
    pc.set_extra(3, u64::from(vm.heap.shapes.epoch));
}

/// `DefProp`, `DefField`: a property of an object literal, a field of an instance.
#[inline(never)]
pub(super) fn define_prop(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let (base, value) = (fp.get(pc.a()), fp.get(pc.b()));
    let key = Vm::key_operand(pc);
    let Some(object) = base.as_object() else {
        return Go::next(pc, fp);
    };
    let extensible = vm.heap.shapes.get(object.shape()).extensible;
    if key.as_index().is_none()
        && object.kind() == Kind::Object
        && extensible
        && vm.heap.shapes.lookup(object.shape(), key).is_none()
    {
        let before = object.shape();
        vm.add_own(object, key, value, attr::ALL);
        let after = object.shape();
        let shapes = &vm.heap.shapes;
        if !shapes.get(after).dictionary
            && !shapes.get(before).dictionary
            && let Some((_, Op::SetPropOwn, offset)) =
                own_place(object, shapes.get(after).count() - 1)
        {
            pc.set_op(Op::DefPropAdd);
            pc.set_c(offset);
            pc.set_extra(2, u64::from(before) | u64::from(after) << 32);
        }
        return Go::next(pc, fp);
    }
    let result = vm.create_data_property_or_throw(object, key, value);
    vm.done(pc, fp, result)
}

/// `DelProp`
#[inline(never)]
pub(super) fn delete_prop(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.delete_reference(fp.get(pc.b()), Vm::key_operand(pc), pc.x() & 1 != 0);
    vm.give(pc, fp, result)
}

/// `SuperBase`
#[inline(never)]
pub(super) fn super_base(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = match fp.get(pc.b()).as_object() {
        Some(home) => vm.get_prototype_of(home),
        None => Ok(Value::UNDEFINED),
    };
    vm.give(pc, fp, result)
}

/// `GetSuper`
#[inline(never)]
pub(super) fn get_super(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let operands = fp.offset(isize::from(pc.b()));
    let (base, receiver, key) = (operands.get(0), operands.get(1), operands.get(2));
    let result = match base.as_object() {
        Some(object) => vm
            .to_property_key(key)
            .and_then(|key| vm.get(object, key, receiver)),
        None => vm.to_property_key(key).and_then(|key| vm.get_v(base, key)),
    };
    vm.give(pc, fp, result)
}

/// `SetSuper`
#[inline(never)]
pub(super) fn set_super(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = assign_super(vm, pc, fp);
    vm.done(pc, fp, result)
}

fn assign_super(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion<()> {
    let operands = fp.offset(isize::from(pc.b()));
    let (base, receiver) = (operands.get(0), operands.get(1));
    let key = vm.to_property_key(operands.get(2))?;
    let Some(object) = base.as_object() else {
        return vm.set_primitive(base, key, fp.get(pc.a()), true);
    };
    if !vm.set(object, key, fp.get(pc.a()), receiver)? && pc.x() & 1 != 0 {
        return Err(vm.throw_read_only(receiver, key));
    }
    Ok(())
}

impl Vm {
    /// `base.key = value` where `base` is no object.
    pub(super) fn set_primitive(
        &mut self,
        base: Value,
        key: PropKey,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        let name = self.display_key(key);
        if base.is_nullish() {
            let kind = if base.is_null() { "null" } else { "undefined" };
            return Err(self.throw_type(format!(
                "Cannot set properties of {kind} (setting '{name}')"
            )));
        }
        let proto = self.prototype_for_primitive(base);
        let own_of_string = base.as_string().is_some_and(|string| {
            key == self.names.length
                || key
                    .as_index()
                    .is_some_and(|index| (index as usize) < string.len())
        });
        if own_of_string || !self.set(proto, key, value, base)? {
            if !strict {
                return Ok(());
            }
            let text = self.display(base);
            let text = text.trim_matches('"');
            let kind = self.display(self.type_of(base).value());
            let kind = kind.trim_matches('"');
            return Err(self.throw_type(if own_of_string {
                format!("Cannot assign to read only property '{name}' of {kind} '{text}'")
            } else {
                format!("Cannot create property '{name}' on {kind} '{text}'")
            }));
        }
        Ok(())
    }

    /// `delete base[key]`
    pub(super) fn delete_reference(
        &mut self,
        base: Value,
        key: PropKey,
        strict: bool,
    ) -> Completion {
        if base.is_nullish() {
            return Err(self.throw_type("Cannot convert undefined or null to object"));
        }
        let object = self.to_object(base)?;
        if self.delete(object, key)? {
            return Ok(Value::TRUE);
        }
        if strict {
            let name = self.display_key(key);
            if object.kind() == Kind::Proxy {
                return Err(self.throw_type(format!(
                    "'deleteProperty' on proxy: trap returned falsish for property '{name}'"
                )));
            }
            let text = self.display_receiver(object.into());
            return Err(self.throw_type(format!("Cannot delete property '{name}' of {text}")));
        }
        Ok(Value::FALSE)
    }
}
