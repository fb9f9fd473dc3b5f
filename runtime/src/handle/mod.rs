//! Handles: the long-lived things that the loop watches.
//!
//! A file per kind of handle.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

use crate::event_loop::{Host, LoopHandle};
use crate::reactor::token::Slots;
use crate::sys::Readiness;

pub(crate) struct Handles<H> {
    slots: RefCell<Slots<()>>,
    n: Cell<usize>,
    h: PhantomData<H>,
}
impl<H> Handles<H> {
    pub(crate) fn new() -> Self {
        Self {
            slots: RefCell::new(Slots::new()),
            n: Cell::new(0),
            h: PhantomData,
        }
    }
    pub(crate) fn n_active(&self) -> usize {
        self.n.get()
    }
    pub(crate) fn n_requests(&self) -> usize {
        self.slots.borrow().len()
    }
}
impl<H: Host> LoopHandle<H> {
    pub(crate) fn on_ready(&self, _host: &mut H, _event: Readiness) {}
    pub(crate) fn clear_handles(&self) {}
}
