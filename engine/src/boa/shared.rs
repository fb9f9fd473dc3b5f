//! State that a context shares with the hooks it gave to Boa.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use super::value::Value;
use crate::{HostHooks, ModuleHost, TimeZone};

/// Interior state of one context, reachable without the context.
pub(super) struct Shared {
    pub(super) hooks: RefCell<Rc<dyn HostHooks>>,
    pub(super) modules: RefCell<Option<Rc<dyn ModuleHost>>>,
    /// The value that follows asynchronous continuations; `undefined` costs nothing.
    pub(super) async_context: RefCell<Value>,
    /// How positions of wrapped or offset sources are to be read, by source name.
    pub(super) origins: RefCell<HashMap<String, Origin>>,
    /// Local time, where the hooks do not say.
    pub(super) zone: RefCell<TimeZone>,
    /// Is a microtask drain under way?
    pub(super) draining: Cell<bool>,
}

/// Where a compiled source's first line really starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// Added to every line.
    pub(super) line: i64,
    /// Added to the columns of the first line (negative for a wrapper's prefix).
    pub(super) column: i64,
}

impl Shared {
    pub(super) fn new(hooks: Rc<dyn HostHooks>, modules: Option<Rc<dyn ModuleHost>>) -> Self {
        Self {
            hooks: RefCell::new(hooks),
            modules: RefCell::new(modules),
            async_context: RefCell::new(Value::undefined()),
            origins: RefCell::default(),
            zone: RefCell::new(TimeZone::system()),
            draining: Cell::new(false),
        }
    }

    pub(super) fn hooks(&self) -> Rc<dyn HostHooks> {
        Rc::clone(&self.hooks.borrow())
    }
}

impl Origin {
    /// The position in the host's source of one in the compiled text; 0 stays unknown.
    pub(super) fn apply(self, line: u32, column: u32) -> (u32, u32) {
        let moved = |value: u32, by: i64, least: i64| {
            let value = i64::from(value).saturating_add(by).max(least);
            u32::try_from(value).unwrap_or(u32::MAX)
        };
        if line == 0 {
            return (line, column);
        }
        let column = if line == 1 {
            moved(column, self.column, 1)
        } else {
            column
        };
        (moved(line, self.line, 1), column)
    }
}
