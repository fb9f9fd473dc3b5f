//! ECMAScript modules: source text and synthetic ones.

use std::{rc::Rc, sync::Arc};

use super::{
    cast,
    context::Context,
    error::{Error, Result},
    object::Object,
    promise::Promise,
    script::refused,
    value::Value,
};
use crate::{
    ModuleStatus, Referrer, ReferrerKind, ScriptOrigin,
    vm::{
        Args, Completion,
        bytecode::Source,
        compiler::{self, ImportPhase},
        machine::{Throw, Vm},
        module::{Module as Record, NO_SOURCE, Status},
        value::Value as Raw,
    },
};

/// A module: compile or make it, [`Module::link`] it, [`Module::evaluate`] it.
///
/// Cloning refers to the same module. Source: ECMA-262 <https://tc39.es/ecma262/#sec-modules>.
#[derive(Clone, Debug)]
pub struct Module {
    record: Value,
    name: Rc<str>,
}

/// Sets the exports of a synthetic module while it evaluates.
#[derive(Debug)]
pub struct SyntheticExports<'a> {
    ctx: std::cell::RefCell<&'a mut Vec<(String, Value)>>,
    names: &'a [String],
}

impl SyntheticExports<'_> {
    /// Gives the export `name` its value.
    ///
    /// # Errors
    /// `ReferenceError` when the module was not declared with that export.
    pub fn set(&self, name: &str, value: impl Into<Value>) -> Result<()> {
        if !self.names.iter().any(|known| known == name) {
            return Err(Error::reference_error(format!(
                "the module does not export {name}"
            )));
        }
        self.ctx.borrow_mut().push((name.to_owned(), value.into()));
        Ok(())
    }
}

impl Module {
    /// Compiles a source text module. Nothing is loaded or run yet.
    ///
    /// # Errors
    /// `SyntaxError`; `RangeError` when the source nests too deeply.
    pub fn compile(ctx: &mut Context, source: &str, name: &str) -> Result<Self> {
        ctx.check_source(source)?;
        let source = ScriptOrigin::new(name).source(ctx, source);
        let source = Arc::new(Source {
            is_module: true,
            ..Arc::unwrap_or_clone(source)
        });
        let template = ctx
            .vm()
            .compiling(|poll| compiler::compile_module(source, poll))
            .map_err(|error| refused(error, name))?;
        ctx.vm().cover(&template.body);
        let record = ctx.vm().new_source_module(template, name);
        Ok(Self::own(record, name))
    }

    fn own(record: Record, name: &str) -> Self {
        Self {
            record: Value::own_flat(record.value()),
            name: name.into(),
        }
    }

    fn record(&self, vm: &Vm) -> Record {
        match Record::from_value(vm, self.record.raw()) {
            Some(record) => record,
            None => unreachable!("a `Module` holds a module record"),
        }
    }

    /// A module whose exports Rust sets: `evaluate` runs once, when the module is evaluated.
    #[must_use]
    pub fn synthetic<F>(ctx: &mut Context, name: &str, exports: &[&str], evaluate: F) -> Self
    where
        F: FnOnce(&mut Context, &SyntheticExports<'_>) -> Result<()> + 'static,
    {
        let names: Vec<String> = exports.iter().map(|&name| name.to_owned()).collect();
        let steps = move |vm: &mut Vm, module: Record| -> Completion<()> {
            let mut values = Vec::new();
            let result = {
                let setter = SyntheticExports {
                    ctx: std::cell::RefCell::new(&mut values),
                    names: &names,
                };
                evaluate(cast::context(vm), &setter)
            };
            for (name, value) in values {
                let value = value.enter(vm);
                vm.set_synthetic_export(module, &name, value);
            }
            result.map_err(|error| error.enter(vm))
        };
        let record = ctx
            .vm()
            .new_synthetic_module(name, exports, Box::new(steps));
        Self::own(record, name)
    }

    /// A module with one export, `default`: the value of the JSON text.
    ///
    /// # Errors
    /// `SyntaxError` when the text is not JSON.
    pub fn json(ctx: &mut Context, text: &str, name: &str) -> Result<Self> {
        let value = ctx.json_parse(text)?;
        Ok(Self::synthetic(
            ctx,
            name,
            &["default"],
            move |_, exports| exports.set("default", value),
        ))
    }

    /// The name that it was compiled under.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.to_string()
    }

    /// Specifier and attributes of each of its import requests, in order.
    ///
    /// # Errors
    /// None in this backend.
    pub fn requests(&self, ctx: &mut Context) -> Result<Vec<crate::ModuleRequest>> {
        let vm = ctx.vm();
        let record = self.record(vm);
        Ok(vm.module_requests(record))
    }

    /// Gives the request at `index` its module, instead of the host's [`crate::ModuleHost`].
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_request(&self, ctx: &mut Context, index: usize, module: &Self) -> Result<()> {
        let vm = ctx.vm();
        let (record, requested) = (self.record(vm), module.record(vm));
        vm.set_requested(record, index, requested);
        Ok(())
    }

    /// Sets an export of a synthetic module, at any time; was it declared?
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_export(&self, ctx: &mut Context, name: &str, value: &Value) -> Result<bool> {
        let vm = ctx.vm();
        let record = self.record(vm);
        let value = value.enter(vm);
        Ok(vm.set_synthetic_export(record, name, value))
    }

    /// Makes `meta` its `import.meta`.
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_import_meta(&self, ctx: &mut Context, meta: &Object) -> Result<()> {
        let vm = ctx.vm();
        let record = self.record(vm);
        vm.set_module_meta(record, meta.obj().into());
        Ok(())
    }

    /// Makes `value` what the host gets with each `import()` in the module ([`crate::ModuleHost::import_dynamically`]).
    ///
    /// # Errors
    /// None in this backend.
    pub fn set_host_defined(&self, ctx: &mut Context, value: &Value) -> Result<()> {
        let vm = ctx.vm();
        let record = self.record(vm);
        let value = value.enter(vm);
        vm.set_module_host_defined(record, value);
        Ok(())
    }

    /// How far it is.
    ///
    /// # Errors
    /// None in this backend.
    pub fn status(&self, ctx: &mut Context) -> Result<ModuleStatus> {
        let vm = ctx.vm();
        let record = self.record(vm);
        Ok(match vm.module_status(record) {
            Status::Unlinked => ModuleStatus::Unlinked,
            Status::Linking => ModuleStatus::Linking,
            Status::Linked => ModuleStatus::Linked,
            Status::Evaluating => ModuleStatus::Evaluating,
            Status::EvaluatingAsync => ModuleStatus::EvaluatingAsync,
            Status::Evaluated => ModuleStatus::Evaluated,
        })
    }

    /// What its evaluation threw.
    ///
    /// # Errors
    /// None in this backend.
    pub fn error(&self, ctx: &mut Context) -> Result<Option<Value>> {
        let vm = ctx.vm();
        let record = self.record(vm);
        let error = vm.module(record).error;
        Ok(error.map(|error| Value::own(vm, error)))
    }

    /// Has it a top-level `await`?
    ///
    /// # Errors
    /// None in this backend.
    pub fn has_top_level_await(&self, ctx: &mut Context) -> Result<bool> {
        let vm = ctx.vm();
        let record = self.record(vm);
        Ok(vm.has_top_level_await(record))
    }

    /// Loads everything that it imports, through the host, and links the graph. Runs no JavaScript.
    ///
    /// # Errors
    /// What the host throws for an import; `SyntaxError` for an import that has no matching export.
    pub fn link(&self, ctx: &mut Context) -> Result<()> {
        load(ctx, self)?;
        ctx.guarded(|vm| {
            let record = self.record(vm);
            vm.link_module(record)
        })
    }

    /// Runs the linked module and what it imports. Microtasks are not run.
    ///
    /// Without top-level `await` in the graph, the promise is settled on return.
    ///
    /// # Errors
    /// `TypeError` when the module is not linked. What the module throws rejects the promise.
    pub fn evaluate(&self, ctx: &mut Context) -> Result<Promise> {
        let promise = ctx.guarded(|vm| {
            let record = self.record(vm);
            vm.evaluate_module(record)
        })?;
        Ok(Promise(Object::own(promise)))
    }

    /// The module namespace object. The module must be linked.
    ///
    /// # Errors
    /// `TypeError` when it is not.
    pub fn namespace(&self, ctx: &mut Context) -> Result<Object> {
        let namespace = ctx.guarded(|vm| {
            let record = self.record(vm);
            if vm.module_status(record) < Status::Linked {
                return Err(vm.throw_type("the module is not linked"));
            }
            vm.module_namespace(record)
        })?;
        Ok(Object::own(namespace))
    }
}

impl PartialEq for Module {
    fn eq(&self, other: &Self) -> bool {
        self.record.raw() == other.record.raw()
    }
}

/// Gives every request of the graph its module, asking the host once for each.
fn load(ctx: &mut Context, module: &Module) -> Result<()> {
    let mut pending = vec![module.clone()];
    let mut seen: Vec<Raw> = Vec::new();
    while let Some(module) = pending.pop() {
        if seen.contains(&module.record.raw()) {
            continue;
        }
        seen.push(module.record.raw());
        let record = module.record(ctx.vm());
        let referrer = Referrer {
            name: module.name(),
            kind: ReferrerKind::Module,
        };
        for (index, specifier, attributes) in ctx.vm().missing_requests(record) {
            let found = resolve(ctx, &referrer, &specifier, &attributes)?;
            let requested = found.record(ctx.vm());
            ctx.vm().set_requested(record, index, requested);
        }
        let vm = ctx.vm();
        for requested in vm.requested_modules(record) {
            let name = vm.module_name(requested);
            pending.push(Module::own(requested, &name));
        }
    }
    Ok(())
}

fn resolve(
    ctx: &mut Context,
    referrer: &Referrer,
    specifier: &str,
    attributes: &[(String, String)],
) -> Result<Module> {
    let host = ctx.state().modules.borrow().clone();
    match host {
        Some(host) => host.resolve_import(ctx, referrer, specifier, attributes),
        None => Err(Error::type_error("this context cannot import modules")),
    }
}

/// `import(specifier, options)`: the promise of the namespace.
pub(super) fn import_hook(
    vm: &mut Vm,
    referrer: Raw,
    specifier: Raw,
    options: Raw,
    phase: ImportPhase,
) -> Completion {
    let promise = vm.promise_new();
    vm.root(promise);
    let ctx = cast::context(vm);
    match start_import(ctx, referrer, specifier, options, phase) {
        Ok(Import::Hosts(value)) => {
            let vm = ctx.vm();
            let value = value.enter(vm);
            vm.promise_resolve_with(promise, value);
        }
        Ok(Import::Loaded(module)) => {
            let vm = ctx.vm();
            let is_deferred = Raw::bool(phase == ImportPhase::Defer);
            let values = [promise.into(), module.record.raw(), is_deferred];
            let data = Raw::cell(vm.heap.new_slots(&values));
            vm.root(data);
            let loaded = vm.promise_new();
            vm.promise_resolve_with(loaded, Raw::UNDEFINED);
            vm.promise_then_native(loaded, link_and_evaluate, import_failed, data);
        }
        Err(error) => {
            let vm = ctx.vm();
            let throw = error.enter(vm);
            if throw.0 == Raw::TERMINATION {
                return Err(throw);
            }
            vm.promise_reject_with(promise, throw.0);
        }
    }
    Ok(promise.into())
}

/// What an `import()` began.
enum Import {
    /// The host does it: this is the namespace, or a promise of it.
    Hosts(Value),
    /// A module with all that it imports.
    Loaded(Module),
}

fn start_import(
    ctx: &mut Context,
    referrer: Raw,
    specifier: Raw,
    options: Raw,
    phase: ImportPhase,
) -> Result<Import> {
    let specifier = Value::own(ctx.vm(), specifier).to_rust_string(ctx)?;
    let attributes = import_attributes(ctx, options)?;
    let (referrer, host_defined) = facade_referrer(ctx.vm(), referrer);
    let host = ctx.state().modules.borrow().clone();
    if let Some(host) = host
        && let Some(value) =
            host.import_dynamically(ctx, &referrer, &host_defined, &specifier, &attributes)?
    {
        return Ok(Import::Hosts(value));
    }
    let module = resolve(ctx, &referrer, &specifier, &attributes)?;
    if phase == ImportPhase::Source {
        return Err(Error::syntax_error(NO_SOURCE));
    }
    load(ctx, &module)?;
    Ok(Import::Loaded(module))
}

/// `ContinueDynamicImport`, when the module is loaded: a job of its own, so that code that imports goes on first.
fn link_and_evaluate(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(data) = args.at(0).as_cell() else {
        return Ok(Raw::UNDEFINED);
    };
    let (Some(promise), Some(record)) = (
        data.slots_get(0).as_object(),
        Record::from_value(vm, data.slots_get(1)),
    ) else {
        return Ok(Raw::UNDEFINED);
    };
    match vm.link_module(record) {
        Ok(()) => {}
        Err(Throw(Raw::TERMINATION)) => return Err(Throw(Raw::TERMINATION)),
        Err(Throw(reason)) => {
            vm.promise_reject_with(promise, reason);
            return Ok(Raw::UNDEFINED);
        }
    }
    if data.slots_get(2) == Raw::TRUE {
        vm.import_deferred(promise, record)?;
    } else {
        let evaluation = vm.evaluate_module(record)?;
        vm.promise_then_native(evaluation, import_done, import_failed, args.at(0));
    }
    Ok(Raw::UNDEFINED)
}

/// The `with` object of `import()`.
fn import_attributes(ctx: &mut Context, options: Raw) -> Result<Vec<(String, String)>> {
    if options.is_undefined() {
        return Ok(Vec::new());
    }
    let Some(options) = Value::own(ctx.vm(), options).as_object() else {
        return Err(Error::type_error(
            "The second argument to import() must be an object",
        ));
    };
    let with = options.get(ctx, crate::key!("with"))?;
    if with.is_undefined() {
        return Ok(Vec::new());
    }
    let Some(with) = with.as_object() else {
        return Err(Error::type_error(
            "The 'options' argument of import() must be an object",
        ));
    };
    let mut attributes = Vec::new();
    for key in with.own_keys(ctx)? {
        let Some(name) = key.to_js_string() else {
            continue;
        };
        let enumerable = match with.own_property(ctx, &key)? {
            Some(crate::PropertyDescriptor::Data { attributes, .. })
            | Some(crate::PropertyDescriptor::Accessor { attributes, .. }) => {
                attributes.enumerable()
            }
            None => false,
        };
        if !enumerable {
            continue;
        }
        let value = with.get(ctx, &key)?;
        match value.as_string() {
            Some(value) => attributes.push((name.to_string_lossy(), value.to_string_lossy())),
            None => return Err(Error::type_error("Import attribute value must be a string")),
        }
    }
    Ok(attributes)
}

/// The referrer that code carries, of a script or function that is called `name`.
pub(super) fn script_referrer(vm: &mut Vm, name: &str, host_defined: &Value) -> Raw {
    let name = vm.str(name);
    let host_defined = host_defined.enter(vm);
    if host_defined.is_undefined() {
        return name.into();
    }
    Raw::cell(vm.heap.new_slots(&[name.into(), host_defined]))
}

/// The importing code as the host sees it, and what the host attached to it.
fn facade_referrer(vm: &mut Vm, referrer: Raw) -> (Referrer, Value) {
    let (name, kind, host_defined) = if let Some(module) = Record::from_value(vm, referrer) {
        let host_defined = vm.module(module).host_defined;
        (vm.module_name(module), ReferrerKind::Module, host_defined)
    } else if let Some(name) = referrer.as_string() {
        let name = vm.heap.units(&name).to_string_lossy();
        (name, ReferrerKind::Script, Raw::UNDEFINED)
    } else if let Some(data) = referrer.as_cell() {
        let name = data.slots_get(0).as_string();
        let name = name.map(|name| vm.heap.units(&name).to_string_lossy());
        let name = name.unwrap_or_default();
        (name, ReferrerKind::Script, data.slots_get(1))
    } else {
        let host_defined = vm.realms[vm.realm as usize].host_defined;
        (String::new(), ReferrerKind::Realm, host_defined)
    };
    (Referrer { name, kind }, Value::own(vm, host_defined))
}

fn import_done(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(data) = args.at(0).as_cell() else {
        return Ok(Raw::UNDEFINED);
    };
    if let (Some(promise), Some(module)) = (
        data.slots_get(0).as_object(),
        Record::from_value(vm, data.slots_get(1)),
    ) {
        let namespace = vm.module_namespace(module)?;
        vm.promise_resolve_with(promise, namespace.into());
    }
    Ok(Raw::UNDEFINED)
}

fn import_failed(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let promise = args
        .at(0)
        .as_cell()
        .and_then(|data| data.slots_get(0).as_object());
    if let Some(promise) = promise {
        vm.promise_reject_with(promise, args.at(1));
    }
    Ok(Raw::UNDEFINED)
}

/// `import.meta`: made once for each module, filled by the host.
pub(super) fn import_meta_hook(vm: &mut Vm, module: Raw) -> Completion {
    let Some(record) = Record::from_value(vm, module) else {
        return Ok(Raw::UNDEFINED);
    };
    let known = vm.module_meta(record);
    if known.is_object() {
        return Ok(known);
    }
    let meta = vm.new_object_with_proto(Raw::NULL);
    vm.set_module_meta(record, meta.into());
    let name = vm.module_name(record);
    let ctx = cast::context(vm);
    let host = ctx.state().modules.borrow().clone();
    if let Some(host) = host {
        host.init_import_meta(ctx, &name, &Object::own(meta));
    }
    Ok(meta.into())
}
