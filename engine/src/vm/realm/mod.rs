//! Realms: a global object and its intrinsics.

mod bootstrap;
mod intrinsics;

pub use bootstrap::{Constructor, Method};
pub use intrinsics::Intrinsic;

use std::sync::Arc;

use super::{
    heap::{Obj, Tracer},
    machine::{Completion, Vm},
    value::Value,
};

/// A realm. Source: ECMA-262 <https://tc39.es/ecma262/#sec-code-realms>.
#[derive(Debug)]
pub struct Realm {
    /// The global object.
    pub global: Value,
    /// What `this` is at top level.
    pub global_this: Value,
    /// Global `let`, `const` and `class` bindings: an object without prototype; holes are uninitialised, `const`s not
    /// writable.
    pub lexical: Value,
    /// The intrinsic objects; undefined until made.
    pub intrinsics: [Value; Intrinsic::COUNT],
    /// First shapes of objects that the interpreter makes often.
    pub shapes: RealmShapes,
    /// The accessor of errors' `stack`: a `Slots` cell of getter and setter.
    pub error_stack: Value,
    /// Code of native functions that call back, without and with a handler: undefined until one is called.
    pub native_code: [Value; 2],
    /// What `import()` refers to where neither a script nor a module runs.
    pub host_defined: Value,
    /// Held by the host: as long as somebody else has it too, the realm is in use.
    pub holder: Arc<()>,
    /// Is it in use? The number of one that isn't is free for another.
    pub is_live: bool,
    /// Whether `eval` and the function constructors of the realm refuse texts.
    pub refuses_strings: bool,
}

/// Shapes that the realm keeps at hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealmShapes {
    /// `{}` with 4 inline slots.
    pub object: u32,
    /// `[]`
    pub array: u32,
    /// Functions that may be used with `new`, before `length`, `name` and `prototype` are made.
    pub function: u32,
    /// Async functions, generators, async generators, likewise.
    pub async_function: u32,
    /// See `async_function`.
    pub generator_function: u32,
    /// See `async_function`.
    pub async_generator_function: u32,
    /// Native functions, with `length` and `name`.
    pub native: u32,
    /// `{ value, done }`
    pub iter_result: u32,
    /// `arguments` of strict functions, of sloppy ones, and of sloppy ones with mapped parameters; 0 until first made.
    pub arguments: [u32; 3],
    /// Errors are made through their own prototypes.
    pub promise: u32,
}

impl Realm {
    /// One that nothing belongs to.
    fn none() -> Self {
        Self {
            global: Value::UNDEFINED,
            global_this: Value::UNDEFINED,
            lexical: Value::UNDEFINED,
            intrinsics: [Value::UNDEFINED; Intrinsic::COUNT],
            shapes: RealmShapes::default(),
            error_stack: Value::UNDEFINED,
            native_code: [Value::UNDEFINED; 2],
            host_defined: Value::UNDEFINED,
            refuses_strings: false,
            holder: Arc::new(()),
            is_live: false,
        }
    }

    /// Does the host hold it?
    pub(in crate::vm) fn is_held(&self) -> bool {
        Arc::strong_count(&self.holder) > 1
    }

    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.global);
        tracer.value(self.global_this);
        tracer.value(self.lexical);
        tracer.values(&self.intrinsics);
        tracer.value(self.error_stack);
        tracer.values(&self.native_code);
        tracer.value(self.host_defined);
    }
}

impl Vm {
    /// `HostEnsureCanCompileStrings(calleeRealm, ...)`, asked with the callee's realm as the current one.
    ///
    /// # Errors
    /// `EvalError` where the host forbade it.
    pub(in crate::vm) fn ensure_can_compile_strings(&mut self) -> Completion<()> {
        if !self.realms[self.realm as usize].refuses_strings {
            return Ok(());
        }
        Err(self.throw_eval("Code generation from strings disallowed for this context"))
    }

    /// An intrinsic of the current realm.
    #[inline]
    #[must_use]
    pub fn intrinsic(&self, which: Intrinsic) -> Obj {
        self.intrinsic_of(self.realm, which)
    }

    /// Frees the realms that a major collection has not reached.
    pub(in crate::vm) fn free_dead_realms(&mut self) {
        let mut is_any = false;
        for id in 0..self.realms.len() as u32 {
            if self.realms[id as usize].is_live && !self.heap.reached_realms().contains(id) {
                self.realms[id as usize] = Realm::none();
                self.regexp.forget_realm(id);
                self.jobs.own.retain(|(realm, _)| *realm != id);
                is_any = true;
            }
        }
        if is_any {
            // Who remembers where something of this realm is must not take it for something of the next of that number.
            self.heap.shapes.epoch = self.heap.shapes.epoch.wrapping_add(1);
        }
    }

    /// Can one more realm be made? (A native function has 16 bits for the number of its realm.)
    pub(in crate::vm) fn has_room_for_realm(&self) -> bool {
        self.realms.len() < 0xFFFF || self.realms.iter().any(|realm| !realm.is_live)
    }

    /// The realm that `object`, an intrinsic of it, belongs to.
    #[cfg(any(feature = "intl", feature = "temporal"))]
    pub(in crate::vm) fn realm_of_intrinsic(&self, which: Intrinsic, object: Obj) -> Option<u32> {
        let is = |realm: &Realm| realm.intrinsics[which as usize] == object.into();
        self.realms.iter().position(is).map(|realm| realm as u32)
    }

    /// An intrinsic of a realm. Bootstrapping makes all of them before anything can ask.
    #[must_use]
    pub fn intrinsic_of(&self, realm: u32, which: Intrinsic) -> Obj {
        let value = self.realms[realm as usize].intrinsics[which as usize];
        match value.as_object() {
            Some(object) => object,
            None => unreachable!("intrinsic {which:?} is not made yet"),
        }
    }
}
