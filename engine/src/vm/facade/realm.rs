//! `Realm`: another global object with its own built-ins, on the same heap.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use std::sync::Arc;

use super::{
    context::Context,
    error::{Error, Result},
    object::Object,
    payload::new_host_object_over,
    value::Value,
};
use crate::vm::{
    heap::{Kind, NativeData, Tracer, native},
    machine::Vm,
    value::Value as Raw,
};

/// A global object and its built-ins. Source: ECMA-262 <https://tc39.es/ecma262/#sec-code-realms>.
///
/// It is freed when neither the host has one of these nor any function, module or job of it can be reached. Who keeps a
/// `Realm` in what the realm's own objects lead to keeps it for ever: there, keep [`Realm::to_object`].
#[derive(Clone, Debug)]
pub struct Realm {
    number: u32,
    /// As long as there are two of it, the realm is in use.
    _holder: Arc<()>,
}

impl Realm {
    fn of_number(vm: &Vm, number: u32) -> Self {
        let _holder = Arc::clone(&vm.realms[number as usize].holder);
        Self { number, _holder }
    }

    /// Its number in the machine.
    pub(super) const fn number(&self) -> u32 {
        self.number
    }

    /// An object that stands for the realm and keeps it in use as long as the object can be reached.
    #[must_use]
    pub fn to_object(&self, ctx: &mut Context) -> Object {
        let vm = ctx.vm();
        let reference = vm.heap.new_native(Reference(self.number));
        Object::own(new_host_object_over(vm, Raw::NULL, reference.into()))
    }

    /// The realm that `object` stands for, if [`Realm::to_object`] made it.
    #[must_use]
    pub fn of_object(ctx: &mut Context, object: &Object) -> Option<Self> {
        let object = object.obj();
        if object.kind() != Kind::Host {
            return None;
        }
        let number = native::with(object.internal(0), |reference: &Reference| reference.0)?;
        Some(Self::of_number(ctx.vm(), number))
    }
}

/// What refers to a realm from within the heap.
struct Reference(u32);

impl NativeData for Reference {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.realm(self.0);
    }
}

impl Context {
    /// The realm that code is compiled and run in now.
    #[must_use]
    pub fn realm(&mut self) -> Realm {
        let vm = self.vm();
        Realm::of_number(vm, vm.realm)
    }

    /// Makes a realm with fresh built-ins. Objects may pass between realms.
    ///
    /// # Errors
    /// `RangeError` if there are 65,535 in use.
    pub fn create_realm(&mut self) -> Result<Realm> {
        let vm = self.vm();
        if !vm.has_room_for_realm() {
            vm.collect(true);
        }
        if !vm.has_room_for_realm() {
            return Err(Error::range_error("Too many realms"));
        }
        let number = vm.create_realm();
        Ok(Realm::of_number(vm, number))
    }

    /// Runs `f` with `realm` as the current one: what `f` compiles and makes belongs to it.
    pub fn in_realm<R>(&mut self, realm: &Realm, f: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.vm().realm, realm.number);
        let result = catch_unwind(AssertUnwindSafe(|| f(self)));
        self.vm().realm = outer;
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// Makes `global` the global object of `realm`, and what `globalThis` and `this` are in its scripts; its built-ins stay
    /// properties of the object that was. It may be a `Proxy`: then every global name that is neither declared by `let`,
    /// `const` or `class` nor local is asked of it. Source: ECMA-262 `SetRealmGlobalObject`.
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_global_of(&mut self, realm: &Realm, global: &Object) -> Result<()> {
        let vm = self.vm();
        let Some(entry) = vm.realms.get_mut(realm.number as usize) else {
            return Ok(());
        };
        let before = entry.global.as_object();
        let raw: crate::vm::value::Value = global.obj().into();
        (entry.global, entry.global_this) = (raw, raw);
        // Code that was linked before remembers where names of the old one are.
        vm.heap.shapes.global_epoch += 1 << 32;
        if let Some(before) = before {
            let key = vm.names.global_this;
            vm.store_named(before, key, raw, crate::vm::object::attr::METHOD);
        }
        Ok(())
    }

    /// Makes `value` what the host gets with each `import()` for which the realm answers itself, since neither a script nor a
    /// module runs: a text that a microtask hands to `eval` ([`crate::ModuleHost::import_dynamically`]).
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_host_defined_of(&mut self, realm: &Realm, value: &Value) -> Result<()> {
        let vm = self.vm();
        let value = value.enter(vm);
        if let Some(realm) = vm.realms.get_mut(realm.number as usize) {
            realm.host_defined = value;
        }
        Ok(())
    }

    /// Whether `eval` and the function constructors of `realm` compile texts, as they do at first, or throw an `EvalError`.
    /// Source: ECMA-262 `HostEnsureCanCompileStrings` <https://tc39.es/ecma262/#sec-hostensurecancompilestrings>.
    ///
    /// # Errors
    /// None in this backend.
    pub fn allow_strings_as_code_in(&mut self, realm: &Realm, allowed: bool) -> Result<()> {
        if let Some(realm) = self.vm().realms.get_mut(realm.number as usize) {
            realm.refuses_strings = !allowed;
        }
        Ok(())
    }

    /// The global object of `realm`.
    #[must_use]
    pub fn global_of(&mut self, realm: &Realm) -> Object {
        self.in_realm(realm, |ctx| ctx.global())
    }
}
