//! What a machine keeps of JSON from one call to the next: memory of the parser and the serializer, and shapes that they met.
//!
//! Shapes and the names in them die in full collections only, so what is known of them holds until the next one.

use rustc_hash::FxHashMap;

use super::{
    object::Shaper,
    parse::Open,
    stringify::{MAX_PLANS, Plan},
};
use crate::vm::{machine::Vm, value::Value};

/// Memory beyond that many items is given back after a call.
const KEPT: usize = 4096;

/// The state of JSON in a machine.
#[derive(Debug, Default)]
pub struct JsonState {
    pub(super) reading: Reading,
    pub(super) writing: Writing,
}

/// What the parser uses.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) shaper: Shaper,
    pub(super) open: Vec<Open>,
    pub(super) values: Vec<Value>,
    pub(super) narrow: Vec<u8>,
    /// The realm and the number of full collections for which `shaper` holds.
    known_for: (u32, u64),
}

impl Reading {
    /// Takes it out of the machine, for one text.
    pub(super) fn take(vm: &mut Vm) -> Self {
        let mut reading = std::mem::take(&mut vm.json.reading);
        let known_for = (vm.realm, vm.heap.counts.full);
        if reading.known_for != known_for {
            reading.shaper = Shaper::default();
            reading.known_for = known_for;
        }
        reading
    }

    /// Puts it back.
    pub(super) fn keep(mut self, vm: &mut Vm) {
        self.open.clear();
        self.values.clear();
        self.narrow.clear();
        self.open.shrink_to(KEPT);
        self.values.shrink_to(KEPT);
        self.narrow.shrink_to(KEPT);
        vm.json.reading = self;
    }
}

/// What the serializer knows of shapes.
#[derive(Debug, Default)]
pub(super) struct Writing {
    plans: FxHashMap<u32, Option<Plan>>,
    /// A shape without `toJSON`, and the epoch of prototypes in which that was seen.
    no_to_json: [(u32, u32); 2],
    /// Full collections when all that was seen.
    known_at: u64,
    /// Memory for the text.
    pub(super) text: Vec<u8>,
}

impl Writing {
    /// Forgets what is known of shapes if their numbers may mean others now.
    fn refresh(&mut self, vm: &Vm) {
        if self.known_at != vm.heap.counts.full {
            self.plans.clear();
            self.no_to_json = [(0, 0); 2];
            self.known_at = vm.heap.counts.full;
        }
    }

    /// The plan of a shape, made by `make` if there is none yet.
    pub(super) fn plan(
        &mut self,
        vm: &mut Vm,
        shape: u32,
        make: fn(&mut Vm, u32) -> Option<Plan>,
    ) -> Option<Plan> {
        self.refresh(vm);
        if let Some(plan) = self.plans.get(&shape) {
            return plan.clone();
        }
        if self.plans.len() >= MAX_PLANS {
            self.plans.clear();
        }
        let plan = make(vm, shape);
        self.plans.insert(shape, plan.clone());
        plan
    }

    /// Are objects of this shape known to have no `toJSON`?
    pub(super) fn lacks_to_json(&mut self, vm: &Vm, shape: u32) -> bool {
        self.refresh(vm);
        self.no_to_json.contains(&(shape, vm.heap.shapes.epoch))
    }

    /// Notes that they have none.
    pub(super) fn note_no_to_json(&mut self, vm: &Vm, shape: u32) {
        self.no_to_json.swap(0, 1);
        self.no_to_json[0] = (shape, vm.heap.shapes.epoch);
    }

    /// Puts it back into the machine, with the memory of a text that was written.
    pub(super) fn keep(mut self, vm: &mut Vm, mut text: Vec<u8>) {
        if text.capacity() <= 16 * KEPT {
            text.clear();
            self.text = text;
        }
        vm.json.writing = self;
    }
}
