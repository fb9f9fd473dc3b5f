//! The record of collections: a ring that the host switches on and drains.
//!
//! The heap has no clock: `Vm::collect_for` times each pause with the host's and notes it here.

use std::collections::VecDeque;

use crate::GcEvent;

/// The latest pauses of the collector.
#[derive(Debug, Default)]
pub struct Events {
    capacity: usize,
    ring: VecDeque<GcEvent>,
}

impl Events {
    /// Keeps the latest `capacity` events from now on; 0: none.
    pub fn set_capacity(&mut self, capacity: usize) {
        self.capacity = capacity;
        while self.ring.len() > capacity {
            self.ring.pop_front();
        }
    }

    /// Are events kept?
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.capacity > 0
    }

    pub(in crate::vm) fn push(&mut self, event: GcEvent) {
        if self.capacity == 0 {
            return;
        }
        if self.ring.len() >= self.capacity {
            self.ring.pop_front();
        }
        self.ring.push_back(event);
    }

    /// Are there events?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }

    /// Takes the events out, oldest first.
    pub fn drain(&mut self) -> Vec<GcEvent> {
        self.ring.drain(..).collect()
    }
}
