//! `Realm`: another global object with its own built-ins, on the same heap.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::{context::Context, error::Result, object::Object};

/// A global object and its built-ins. Source: ECMA-262 <https://tc39.es/ecma262/#sec-code-realms>.
#[derive(Clone, Debug)]
pub struct Realm(u32);

impl Context {
    /// The realm that code is compiled and run in now.
    #[must_use]
    pub fn realm(&mut self) -> Realm {
        Realm(self.vm().realm)
    }

    /// Makes a realm with fresh built-ins. Objects may pass between realms.
    ///
    /// # Errors
    /// None in this backend.
    pub fn create_realm(&mut self) -> Result<Realm> {
        Ok(Realm(self.vm().create_realm()))
    }

    /// Runs `f` with `realm` as the current one: what `f` compiles and makes belongs to it.
    pub fn in_realm<R>(&mut self, realm: &Realm, f: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.vm().realm, realm.0);
        let result = catch_unwind(AssertUnwindSafe(|| f(self)));
        self.vm().realm = outer;
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// The global object of `realm`.
    #[must_use]
    pub fn global_of(&mut self, realm: &Realm) -> Object {
        self.in_realm(realm, |ctx| ctx.global())
    }
}
