//! Realms: a global object and its intrinsics.

mod bootstrap;
mod intrinsics;

pub use bootstrap::{Constructor, Method};
pub use intrinsics::Intrinsic;

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
