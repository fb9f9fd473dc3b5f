//! What the machine asks of whoever embeds it: the facade installs it.

use super::{
    compiler::ImportPhase,
    heap::Tracer,
    machine::{Completion, Vm},
    value::Value,
};

/// What [`Host::import`] is: referrer, specifier, options and phase.
pub type ImportFn = fn(&mut Vm, Value, Value, Value, ImportPhase) -> Completion;
/// What [`Host::script_url`] is: a script's name in, a URL out.
pub type UrlFn = Box<dyn Fn(&str) -> String>;
/// What [`Host::zone`] is: a UTC time in; milliseconds ahead of UTC out.
pub type ZoneFn = Box<dyn Fn(f64) -> f64>;
/// What [`Host::zone_name`] is: a UTC time in; the zone's long name out, empty if it has none.
pub type ZoneNameFn = Box<dyn Fn(f64) -> String>;

/// What [`Host::locale`] and [`Host::zone_id`] are.
pub type LocaleFn = Box<dyn Fn() -> Option<String>>;

/// The host's answers. Every one has a default, so that the machine runs alone.
#[derive(Default)]
pub struct Host {
    /// A promise was rejected without a handler (`true`) or got its first handler later (`false`).
    pub rejection_tracker: Option<fn(&mut Vm, promise: Value, handled: bool)>,
    /// `import(specifier, options)`, or one of `import.defer` and `import.source`, from code whose record is `referrer`: returns a promise.
    pub import: Option<ImportFn>,
    /// `import.meta` of the module record `module`.
    pub import_meta: Option<fn(&mut Vm, module: Value) -> Completion>,
    /// Milliseconds since the epoch.
    pub now_ms: Option<Box<dyn Fn() -> f64>>,
    /// How far local time is ahead of UTC, in milliseconds, at a UTC time in milliseconds.
    pub zone: Option<ZoneFn>,
    /// Time since some moment, never going back.
    pub monotonic_time: Option<Box<dyn Fn() -> std::time::Duration>>,
    /// `Atomics.waitAsync` began to wait, for no longer than this.
    pub async_wait_started: Option<fn(&mut Vm, timeout: Option<std::time::Duration>)>,
    /// The URL that tools know the script of this name by.
    pub script_url: Option<UrlFn>,
    /// What local time is called in English, at a UTC time in milliseconds.
    pub zone_name: Option<ZoneNameFn>,
    /// The locale that programs get when they ask for none, as a language tag.
    pub locale: Option<LocaleFn>,
    /// The IANA name of local time's zone.
    pub zone_id: Option<LocaleFn>,
    /// The function that stands as `Error.prepareStackTrace` in the first realm and writes what the machine writes anyway.
    pub default_formatter: Option<Value>,
    /// A job threw.
    pub job_error: Option<fn(&mut Vm, Value)>,
    /// The host's own data, for the functions above.
    pub data: Option<std::rc::Rc<dyn std::any::Any>>,
    /// Values that the host's data refers to.
    pub roots: Vec<Value>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").finish_non_exhaustive()
    }
}

impl Host {
    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&self.roots);
        tracer.value(self.default_formatter.unwrap_or(Value::UNDEFINED));
    }
}
