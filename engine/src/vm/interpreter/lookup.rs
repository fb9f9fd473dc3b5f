//! Where named properties are: looked up along the prototype chain, and remembered for whoever has no inline cache.

use super::property::{ABSENT, FIRST_ADDRESS, is_cacheable, own_place, place_of, read_place};
use crate::vm::{
    bytecode::Op,
    heap::{Cell, Kind, Obj, obj::OUT},
    machine::Vm,
    object::{PropKey, Slot, attr},
    value::Value,
};

/// How many lookups are remembered.
const LOOKUPS: usize = 1024;

/// Where properties were found lately: what megamorphic accesses, computed keys and native code ask before they look.
pub struct LookupCache {
    entries: Box<[Lookup; LOOKUPS]>,
    is_empty: bool,
}

/// A remembered lookup: shape and epoch, key, place (as in a [`PolyCache`]).
#[derive(Clone, Copy, Default)]
struct Lookup {
    shape_epoch: u64,
    key: u64,
    place: u64,
}

impl Default for LookupCache {
    fn default() -> Self {
        Self {
            entries: Box::new([Lookup::default(); LOOKUPS]),
            is_empty: true,
        }
    }
}

impl LookupCache {
    /// Forgets everything.
    pub fn clear(&mut self) {
        if !self.is_empty {
            self.entries.fill(Lookup::default());
            self.is_empty = true;
        }
    }

    #[inline(always)]
    fn index(shape: u32, key: PropKey) -> usize {
        ((key.value().bits() >> 4) as usize ^ (shape as usize).wrapping_mul(0x9E5)) % LOOKUPS
    }
}

impl Vm {
    /// The value of a named data property, if it was looked up lately on an object of this shape.
    #[inline(always)]
    pub(in crate::vm) fn cached_property(&self, object: Obj, key: PropKey) -> Option<Value> {
        let shape = object.shape();
        let entry = &self.stack.lookups.entries[LookupCache::index(shape, key)];
        let wanted = u64::from(shape) | u64::from(self.heap.shapes.epoch) << 32;
        (entry.shape_epoch == wanted && entry.key == key.value().bits())
            .then(|| read_any_place(object.cell(), entry.place))
    }

    /// Where an ordinary object whose shape is a dictionary has this named property itself, if it has it; `None` of others.
    #[inline]
    fn map_slot(&self, object: Obj, key: PropKey) -> Option<Option<Slot>> {
        let shape = object.shape();
        let is_map = object.kind() == Kind::Object
            && key.as_index().is_none()
            && self.heap.shapes.get(shape).dictionary;
        is_map.then(|| self.heap.shapes.dictionary_lookup(shape, key))
    }

    /// The value of a named own data property of an object whose shape is a dictionary.
    #[inline]
    pub(super) fn map_entry(&self, object: Obj, key: PropKey) -> Option<Value> {
        let slot = self.heap.shapes.dictionary_lookup(object.shape(), key)?;
        (slot.attrs & attr::ACCESSOR == 0).then(|| object.slot(slot.slot))
    }

    /// FAST PATH: assigns a named property where that writes or adds an own slot and runs nothing; was it done?
    pub(super) fn put_slot(&mut self, object: Obj, key: PropKey, value: Value) -> bool {
        let found = match self.map_slot(object, key) {
            Some(Some(slot)) => Found::Slot {
                holder: object,
                slot,
                own: true,
            },
            Some(None) => match self.proto_of(object).as_object() {
                Some(proto) => find(self, proto, key).inherited(),
                None => Found::Absent,
            },
            None => find(self, object, key),
        };
        match found {
            Found::Slot { slot, .. } if slot.attrs & (attr::ACCESSOR | attr::W) != attr::W => false,
            Found::Slot {
                holder,
                slot,
                own: true,
            } => {
                holder.set_slot(slot.slot, value);
                true
            }
            Found::Slot { .. } | Found::Absent => {
                if !self.heap.shapes.get(object.shape()).extensible
                    || !self.has_property_room(object, key, value)
                {
                    return false;
                }
                self.finish_lazy_all(object);
                self.add_own(object, key, value, attr::ALL);
                true
            }
            Found::Special => false,
        }
    }

    /// Looks a named property up and remembers where it was found, if it is a data property (or absent) and caches may
    /// answer for it.
    pub(in crate::vm) fn find_property(&mut self, object: Obj, key: PropKey) -> Option<Value> {
        let (holder, place, value) = match find(self, object, key) {
            Found::Slot { holder, slot, own } if slot.attrs & attr::ACCESSOR == 0 => {
                let value = holder.slot(slot.slot);
                let place = match own_place(holder, slot.slot) {
                    Some((op, _, offset)) if own => {
                        (offset as u64) << 1 | u64::from(op == Op::GetPropOut)
                    }
                    None if own => return Some(value),
                    _ => place_of(holder, slot.slot),
                };
                (Some(holder), place, value)
            }
            Found::Absent => (
                None,
                (&raw const ABSENT).expose_provenance() as u64,
                Value::UNDEFINED,
            ),
            _ => return None,
        };
        if is_cacheable(self, object, holder) {
            let shape = object.shape();
            let shape_epoch = u64::from(shape) | u64::from(self.heap.shapes.epoch) << 32;
            self.stack.lookups.is_empty = false;
            self.stack.lookups.entries[LookupCache::index(shape, key)] = Lookup {
                shape_epoch,
                key: key.value().bits(),
                place,
            };
        }
        Some(value)
    }
}

/// Reads the place of a remembered property.
#[inline(always)]
pub(super) fn read_any_place(cell: Cell, place: u64) -> Value {
    if place >= FIRST_ADDRESS {
        read_place(place)
    } else if place & 1 == 0 {
        Value::from_bits(cell.read((place >> 1) as usize))
    } else {
        Value::from_bits(Cell::from_addr(cell.read(OUT)).read((place >> 1) as usize))
    }
}

/// Where a lookup found the property.
pub(super) enum Found {
    /// A slot of an object: of the receiver itself if `own`.
    Slot { holder: Obj, slot: Slot, own: bool },
    /// Nowhere on the chain.
    Absent,
    /// An object on the chain has its own ideas: ask the internal methods.
    Special,
}

impl Found {
    /// What was found on a prototype, for an object that inherits from it.
    fn inherited(self) -> Self {
        match self {
            Self::Slot { holder, slot, .. } => Self::Slot {
                holder,
                slot,
                own: false,
            },
            other => other,
        }
    }
}

/// Has the object, or its prototypes, the property? `None` where somebody else has to be asked.
#[inline]
pub(super) fn has_named(vm: &mut Vm, object: Obj, key: PropKey) -> Option<bool> {
    match find(vm, object, key) {
        Found::Slot { .. } => Some(true),
        Found::Absent => Some(false),
        Found::Special => None,
    }
}

/// Looks a named property up along the prototype chain.
#[inline]
pub(super) fn find(vm: &mut Vm, object: Obj, key: PropKey) -> Found {
    if key.as_index().is_some() {
        return Found::Special;
    }
    let mut at = object;
    for depth in 0..1000 {
        match at.kind() {
            Kind::Proxy | Kind::ModuleNamespace => return Found::Special,
            Kind::Array | Kind::StringObject if key == vm.names.length => return Found::Special,
            Kind::TypedArray if vm.typed_array_key(key).is_some() => return Found::Special,
            _ => {}
        }
        vm.finish_lazy(at, key);
        if let Some(slot) = vm.heap.shapes.lookup(at.shape(), key) {
            return Found::Slot {
                holder: at,
                slot,
                own: depth == 0,
            };
        }
        match vm.proto_of(at).as_object() {
            Some(proto) => at = proto,
            None => return Found::Absent,
        }
    }
    Found::Special
}
