//! What the engine asks of its host. Backend-independent.

use std::time::Duration;

use crate::{Context, Error, Module, Object, Promise, Value};

/// Answers of the host; every method has a default, so implement what you need.
///
/// A hook gets the context and may keep its own state there ([`Context::set_host`]).
pub trait HostHooks {
    /// A promise was rejected and nothing handles that yet.
    ///
    /// Source: ECMA-262 `HostPromiseRejectionTracker`
    /// <https://tc39.es/ecma262/#sec-host-promise-rejection-tracker>, operation "reject".
    fn promise_rejected(&self, ctx: &mut Context, promise: &Promise, reason: &Value) {
        let _ = (ctx, promise, reason);
    }

    /// A rejected promise got its first handler after [`HostHooks::promise_rejected`]; operation "handle".
    fn promise_handled(&self, ctx: &mut Context, promise: &Promise) {
        let _ = (ctx, promise);
    }

    /// A microtask threw. The queue goes on with the next one afterwards.
    fn microtask_error(&self, ctx: &mut Context, error: Error) {
        let _ = (ctx, error);
    }

    /// Milliseconds since the Unix epoch, for `Date`.
    fn wall_clock_ms(&self) -> i64 {
        let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        elapsed.map_or(0, |elapsed| {
            i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
        })
    }

    /// Time since some moment, never going back: for timeouts and profiles. The default follows the system's clock.
    fn monotonic_time(&self) -> Duration {
        let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        elapsed.unwrap_or_default()
    }

    /// The URL that tools (profiles, coverage) know the script of this name by.
    fn script_url(&self, name: &str) -> String {
        name.to_owned()
    }

    /// `Atomics.waitAsync` began to wait, for no longer than `timeout`: [`Context::settle_async_waits`] wants to be called
    /// when that is over, and when the waker of [`Context::set_wait_waker`] was.
    fn async_wait_started(&self, ctx: &mut Context, timeout: Option<Duration>) {
        let _ = (ctx, timeout);
    }

    /// The locale, as a language tag, that programs get from `Intl` when they name none; `None`: `en-US`.
    fn locale(&self) -> Option<String> {
        None
    }

    /// How far local time is ahead of UTC at this moment, in seconds; `None` asks for the system's time zone
    /// (`TZ`, `/etc/localtime`).
    fn local_offset_seconds(&self, unix_seconds: i64) -> Option<i32> {
        let _ = unix_seconds;
        None
    }
}

/// The hooks of a context that has none.
#[derive(Debug)]
pub struct DefaultHooks;

impl HostHooks for DefaultHooks {}

/// Finds modules: called for each static import once, and for every `import()`.
///
/// Loading is synchronous. The host caches: the same referrer and specifier must give the same module again.
pub trait ModuleHost {
    /// The module that `specifier` names where `referrer` asks for it. `attributes` are those of the `with` clause.
    ///
    /// # Errors
    /// What the import shall throw.
    fn resolve_import(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> crate::Result<Module>;

    /// Does an `import()` itself, where `Some` is returned: the namespace, or a promise of it. `host_defined` is what the host
    /// attached to the importing code ([`crate::Script::run_as`], [`crate::compile_function_as`],
    /// [`Module::set_host_defined`], [`Context::set_host_defined_of`]), `undefined` if nothing. `None`: the module is the one
    /// that [`ModuleHost::resolve_import`] gives. Backend `boa` does not ask.
    ///
    /// # Errors
    /// What the import shall reject with.
    fn import_dynamically(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        host_defined: &Value,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> crate::Result<Option<Value>> {
        let _ = (ctx, referrer, host_defined, specifier, attributes);
        Ok(None)
    }

    /// Fills `import.meta` of the module called `name`; called when the module first looks at it.
    fn init_import_meta(&self, ctx: &mut Context, name: &str, meta: &Object) {
        let _ = (ctx, name, meta);
    }
}

/// Who imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referrer {
    /// The name that the importing code was compiled under; empty for code without one.
    pub name: String,
    /// What kind of code it is.
    pub kind: ReferrerKind,
}

/// What kind of code imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferrerKind {
    /// A module: a static import or `import()` in one.
    Module,
    /// A script or a compiled function.
    Script,
    /// Neither runs: code made at run time, by a microtask that calls `eval` (in backend `boa`, by any code).
    Realm,
}
