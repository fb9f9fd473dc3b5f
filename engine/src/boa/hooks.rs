//! Boa's host hooks, clock and module loader, each handing on to the facade's.

use std::{cell::RefCell, path::Path, rc::Rc};

use boa_engine::{
    Finalize, JsData, JsObject, JsResult, JsValue, Trace,
    builtins::promise::{OperationType, Promise as InnerPromise},
    context::{Clock, HostHooks as InnerHooks, time::JsInstant},
    job::JobCallback,
    module::{Module as InnerModule, ModuleLoader, ModuleRequest, Referrer as InnerReferrer},
    object::builtins::JsFunction,
};

use super::{cast, error::Error, object::Object, promise::Promise, shared::Shared, value::Value};
use crate::{PromiseState, Referrer, ReferrerKind};

/// The hooks that Boa sees.
pub(super) struct Hooks(pub(super) Rc<Shared>);

/// The async context that a reaction was registered under.
#[derive(Trace, Finalize, JsData)]
struct CapturedContext(JsValue);

impl InnerHooks for Hooks {
    fn make_job_callback(&self, callback: JsFunction, _: &mut boa_engine::Context) -> JobCallback {
        let current = self.0.async_context.borrow();
        if current.is_undefined() {
            return JobCallback::new(callback, ());
        }
        JobCallback::new(callback, CapturedContext(current.0.clone()))
    }

    fn call_job_callback(
        &self,
        job: &JobCallback,
        this: &JsValue,
        args: &[JsValue],
        context: &mut boa_engine::Context,
    ) -> JsResult<JsValue> {
        let Some(captured) = job.host_defined().downcast_ref::<CapturedContext>() else {
            return job.callback().call(this, args, context);
        };
        let outer = self.0.async_context.replace(Value(captured.0.clone()));
        let result = job.callback().call(this, args, context);
        self.0.async_context.replace(outer);
        result
    }

    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<InnerPromise>,
        operation: OperationType,
        context: &mut boa_engine::Context,
    ) {
        let Some(promise) = Promise::from_object(Object(promise.clone().upcast())) else {
            return;
        };
        let ctx = cast::context(context);
        let hooks = self.0.hooks();
        match operation {
            OperationType::Reject => {
                let reason = match promise.state() {
                    PromiseState::Rejected(reason) => reason,
                    _ => Value::undefined(),
                };
                hooks.promise_rejected(ctx, &promise, &reason);
            }
            OperationType::Handle => hooks.promise_handled(ctx, &promise),
        }
    }

    fn ensure_can_compile_strings(
        &self,
        _: boa_engine::realm::Realm,
        _: &[boa_engine::JsString],
        body: &boa_engine::JsString,
        _: bool,
        context: &mut boa_engine::Context,
    ) -> JsResult<()> {
        let ctx = cast::context(context);
        let checked = ctx.check_nesting(&body.to_std_string_lossy());
        checked.map_err(|error| error.into_inner(ctx))
    }

    fn local_timezone_offset_seconds(&self, unix_time_seconds: i64) -> i32 {
        let asked = self.0.hooks().local_offset_seconds(unix_time_seconds);
        asked.unwrap_or_else(|| self.0.zone.borrow().offset_seconds(unix_time_seconds))
    }
}

/// `Date`'s clock: wall time from the hooks. Nothing in the engine schedules by the monotonic side.
pub(super) struct HookClock(pub(super) Rc<Shared>);

impl Clock for HookClock {
    fn now(&self) -> JsInstant {
        let millis = u64::try_from(self.system_time_millis()).unwrap_or(0);
        JsInstant::new(millis / 1000, (millis % 1000) as u32 * 1_000_000)
    }

    fn system_time_millis(&self) -> i64 {
        self.0.hooks().wall_clock_ms()
    }
}

/// Asks the facade's [`crate::ModuleHost`]. Never waits.
pub(super) struct Loader(pub(super) Rc<Shared>);

impl ModuleLoader for Loader {
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: InnerReferrer,
        request: ModuleRequest,
        context: &RefCell<&mut boa_engine::Context>,
    ) -> JsResult<InnerModule> {
        let mut context = context.borrow_mut();
        let ctx = cast::context(&mut context);
        let host = self.0.modules.borrow().clone();
        let Some(host) = host else {
            return Err(Error::type_error("this context cannot import modules").into_inner(ctx));
        };
        let referrer = facade_referrer(&referrer);
        let specifier = request.specifier().to_std_string_lossy();
        let text = |part: &boa_engine::JsString| part.to_std_string_lossy();
        let attributes: Vec<(String, String)> = request
            .attributes()
            .iter()
            .map(|a| (text(a.key()), text(a.value())))
            .collect();
        match host.resolve_import(ctx, &referrer, &specifier, &attributes) {
            Ok(module) => Ok(module.inner()),
            Err(error) => Err(error.into_inner(ctx)),
        }
    }

    fn init_import_meta(
        self: Rc<Self>,
        meta: &JsObject,
        module: &InnerModule,
        context: &mut boa_engine::Context,
    ) {
        let host = self.0.modules.borrow().clone();
        if let Some(host) = host {
            let name = path_name(module.path());
            host.init_import_meta(cast::context(context), &name, &Object(meta.clone()));
        }
    }
}

fn facade_referrer(referrer: &InnerReferrer) -> Referrer {
    let kind = match referrer {
        InnerReferrer::Module(_) => ReferrerKind::Module,
        InnerReferrer::Script(_) => ReferrerKind::Script,
        InnerReferrer::Realm(_) => ReferrerKind::Realm,
    };
    Referrer {
        name: path_name(referrer.path()),
        kind,
    }
}

pub(super) fn path_name(path: Option<&Path>) -> String {
    path.map(|path| path.to_string_lossy().into_owned())
        .unwrap_or_default()
}
