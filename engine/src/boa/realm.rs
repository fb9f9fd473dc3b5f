//! `Realm`: another global object with its own built-ins, on the same heap.

use boa_engine::realm::Realm as InnerRealm;

use super::{
    context::Context,
    error::{Error, Result},
    json,
    object::Object,
    payload::Payload,
    stack::StackParts,
};

/// A global object and its built-ins. Source: ECMA-262 <https://tc39.es/ecma262/#sec-code-realms>.
#[derive(Clone, Debug)]
pub struct Realm(InnerRealm);

/// What an object that stands for a realm carries.
struct Reference(Realm);

impl Payload for Reference {}

impl Realm {
    /// An object that stands for the realm and keeps it in use as long as the object can be reached.
    #[must_use]
    pub fn to_object(&self, ctx: &mut Context) -> Object {
        Object::with_payload(ctx, None, Reference(self.clone()))
    }

    /// The realm that `object` stands for, if [`Realm::to_object`] made it.
    #[must_use]
    pub fn of_object(_: &mut Context, object: &Object) -> Option<Self> {
        let reference = object.payload::<Reference>()?;
        Some(reference.0.clone())
    }
}

impl Context {
    /// The realm that code is compiled and run in now.
    #[must_use]
    pub fn realm(&self) -> Realm {
        Realm(self.inner.realm().clone())
    }

    /// Makes a realm with fresh built-ins. Objects may pass between realms.
    ///
    /// # Errors
    /// `Internal` only.
    pub fn create_realm(&mut self) -> Result<Realm> {
        let realm = self
            .inner
            .create_realm()
            .map(Realm)
            .map_err(Error::from_inner)?;
        self.in_realm(&realm, |ctx| {
            json::install(ctx)
                .and_then(|()| StackParts::install(ctx))
                .map(drop)
        })?;
        Ok(realm)
    }

    /// Runs `f` with `realm` as the current one: what `f` compiles and makes belongs to it.
    pub fn in_realm<R>(&mut self, realm: &Realm, f: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.inner.enter_realm(realm.0.clone());
        let call = std::panic::AssertUnwindSafe(|| f(self));
        let result = std::panic::catch_unwind(call);
        self.inner.enter_realm(outer);
        result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// Makes `global` the global object of `realm`, and what `globalThis` and `this` are in its scripts; its built-ins stay
    /// properties of the object that was. It may be a `Proxy`: then every global name that is neither declared by `let`,
    /// `const` or `class` nor local is asked of it. Source: ECMA-262 `SetRealmGlobalObject`.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn set_global_of(&mut self, _: &Realm, _: &Object) -> Result<()> {
        Err(super::error::Error::unsupported("another global object"))
    }

    /// Makes `value` what the host gets with each `import()` for which the realm answers itself.
    ///
    /// # Errors
    /// `Unsupported` in this backend.
    pub fn set_host_defined_of(&mut self, _: &Realm, _: &super::value::Value) -> Result<()> {
        Err(Error::unsupported("a value attached to a realm"))
    }

    /// Whether `eval` and the function constructors of `realm` compile texts.
    ///
    /// # Errors
    /// `Unsupported` in this backend, unless `allowed`.
    pub fn allow_strings_as_code_in(&mut self, _: &Realm, allowed: bool) -> Result<()> {
        if allowed {
            return Ok(());
        }
        Err(Error::unsupported("forbidding texts as code"))
    }

    /// The global object of `realm`.
    #[must_use]
    pub fn global_of(&mut self, realm: &Realm) -> Object {
        self.in_realm(realm, |ctx| ctx.global())
    }
}
