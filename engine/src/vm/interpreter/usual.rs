//! Is it still as it was made? What fast paths of built-ins ask before they leave out steps that nobody would see.
//!
//! The slots of the properties that matter are found once an epoch (any change of a prototype's shape begins a new one);
//! asking is then a look at their values.

use super::{property::read_place, stack::Usual};
use crate::vm::{
    builtins::promise::is_species_getter,
    heap::{Kind, Obj},
    machine::Vm,
    object::{PropKey, attr},
    realm::Intrinsic,
    value::Value,
};

impl Vm {
    /// Does iterating an array still run the built-in methods?
    pub(in crate::vm) fn is_array_iteration_pristine(&mut self) -> bool {
        let intrinsics = &self.realms[self.realm as usize].intrinsics;
        let wanted = [Intrinsic::ArrayProtoValues, Intrinsic::ArrayIteratorNext]
            .map(|which| intrinsics[which as usize]);
        let places = match self.stack.array_iteration {
            Some(known) if self.holds(&known) => known.places,
            _ => match self.find_array_iteration() {
                Some(places) => places,
                None => return false,
            },
        };
        places.map(read_place) == wanted
    }

    fn holds<const N: usize>(&self, known: &Usual<N>) -> bool {
        known.epoch == self.heap.shapes.epoch && known.realm == self.realm
    }

    #[cold]
    fn find_array_iteration(&mut self) -> Option<[u64; 2]> {
        let symbol = PropKey::symbol(self.symbols.iterator);
        let places = [
            self.place_in(Intrinsic::ArrayPrototype, symbol, false)?,
            self.place_in(Intrinsic::ArrayIteratorPrototype, self.names.next, false)?,
        ];
        self.stack.array_iteration = Some(Usual {
            epoch: self.heap.shapes.epoch,
            realm: self.realm,
            places,
        });
        Some(places)
    }

    /// The address of an own property's slot, in an intrinsic object.
    fn place_in(&mut self, holder: Intrinsic, key: PropKey, accessor: bool) -> Option<u64> {
        let holder = self.realms[self.realm as usize].intrinsics[holder as usize].as_object()?;
        let slot = self
            .heap
            .shapes
            .lookup(holder.shape(), key)
            .filter(|slot| (slot.attrs & attr::ACCESSOR != 0) == accessor)?;
        let (cell, offset) = holder.slot_place(slot.slot);
        Some(cell.addr() + offset as u64)
    }

    /// Is it a promise of this realm without properties of its own, and are `then`, `constructor` and the species of all of
    /// them the built-in ones?
    #[inline]
    pub(in crate::vm) fn is_plain_promise(&mut self, promise: Obj) -> bool {
        promise.kind() == Kind::Promise
            && promise.shape() == self.realms[self.realm as usize].shapes.promise
            && self.is_promise_use_pristine()
    }

    fn is_promise_use_pristine(&mut self) -> bool {
        let places = match self.stack.promise_use {
            Some(known) if self.holds(&known) => known.places,
            _ => match self.find_promise_use() {
                Some(places) => places,
                None => return false,
            },
        };
        let [then, constructor, species] = places.map(read_place);
        let intrinsics = &self.realms[self.realm as usize].intrinsics;
        then == intrinsics[Intrinsic::PromiseThen as usize]
            && constructor == intrinsics[Intrinsic::Promise as usize]
            && species
                .as_cell()
                .is_some_and(|pair| is_species_getter(pair.slots_get(0)))
    }

    #[cold]
    fn find_promise_use(&mut self) -> Option<[u64; 3]> {
        let names = self.names;
        let symbol = PropKey::symbol(self.symbols.species);
        let places = [
            self.place_in(Intrinsic::PromisePrototype, names.then, false)?,
            self.place_in(Intrinsic::PromisePrototype, names.constructor, false)?,
            self.place_in(Intrinsic::Promise, symbol, true)?,
        ];
        self.stack.promise_use = Some(Usual {
            epoch: self.heap.shapes.epoch,
            realm: self.realm,
            places,
        });
        Some(places)
    }

    /// `promise.constructor`, without a look at the promise where that is the usual one.
    ///
    /// # Errors
    /// Whatever reading it throws.
    #[inline]
    pub(in crate::vm) fn promise_constructor(&mut self, promise: Obj) -> crate::vm::Completion {
        if self.is_plain_promise(promise) {
            return Ok(Value::from(self.intrinsic(Intrinsic::Promise)));
        }
        let key = self.names.constructor;
        self.get_o(promise, key)
    }
}
