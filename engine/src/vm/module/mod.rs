//! Module records: source text modules and synthetic ones; linking, evaluation, namespaces.
//!
//! A record is a native cell ([`ModuleData`]); [`Module`] is its handle. Loading is the host's: it gives each request its
//! module with [`Vm::set_requested`], then asks to link and evaluate.
//! Source: ECMA-262 <https://tc39.es/ecma262/#sec-modules>.

mod defer;
mod evaluate;
mod link;
mod namespace;

use std::sync::Arc;

use super::{
    compiler::ModuleTemplate,
    heap::{Native, NativeData, Tracer},
    machine::{Completion, Vm},
    object::PropKey,
    value::Value,
};

/// A module record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module(Value);

/// Where a module stands. Source: ECMA-262 `[[Status]]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Made; its requests may not be loaded yet.
    Unlinked,
    /// On the stack of a linking walk.
    Linking,
    /// Its imports are bound.
    Linked,
    /// On the stack of an evaluating walk.
    Evaluating,
    /// Waits for itself or a dependency.
    EvaluatingAsync,
    /// Done, well or not.
    Evaluated,
}

/// What `import source` says: source text has no object that stands for it (`GetModuleSource`).
pub(in crate::vm) const NO_SOURCE: &str =
    "Source phase import object is not defined for this module";

/// Sets the exports of a synthetic module.
pub type SyntheticSteps = Box<dyn FnOnce(&mut Vm, Module) -> Completion<()>>;

/// Import attributes: keys and values.
pub type Attributes = Vec<(String, String)>;

/// What kind of module it is.
pub(in crate::vm) enum Body {
    /// Source text.
    Source(Arc<ModuleTemplate>),
    /// Rust sets the exports; each name has the slot of its position.
    Synthetic(Vec<PropKey>, Option<SyntheticSteps>),
}

/// The fields of a module record.
pub(in crate::vm) struct ModuleData {
    pub body: Body,
    pub name: String,
    pub realm: u32,
    pub env: Value,
    /// The module of each request, in order; undefined until loaded.
    pub requested: Vec<Value>,
    pub status: Status,
    pub error: Option<Value>,
    pub dfs_index: u32,
    pub dfs_ancestor: u32,
    pub cycle_root: Value,
    pub async_order: Option<u64>,
    pub pending_async: u32,
    pub async_parents: Vec<Value>,
    /// The promise of the top-level evaluation that began here.
    pub promise: Value,
    pub namespace: Value,
    /// The namespace that `import defer` gives.
    pub deferred_namespace: Value,
    pub meta: Value,
    /// The host's own, for `import()` in the module.
    pub host_defined: Value,
}

impl NativeData for ModuleData {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&[
            self.env,
            self.cycle_root,
            self.promise,
            self.namespace,
            self.deferred_namespace,
            self.meta,
            self.host_defined,
        ]);
        tracer.realm(self.realm);
        tracer.values(&self.requested);
        tracer.values(&self.async_parents);
        tracer.value(self.error.unwrap_or(Value::UNDEFINED));
        if let Body::Synthetic(names, _) = &self.body {
            names.iter().for_each(|name| tracer.value(name.value()));
        }
    }
}

impl ModuleData {
    fn new(body: Body, name: String, realm: u32, requests: usize) -> Self {
        Self {
            body,
            name,
            realm,
            env: Value::UNDEFINED,
            requested: vec![Value::UNDEFINED; requests],
            status: Status::Unlinked,
            error: None,
            dfs_index: 0,
            dfs_ancestor: 0,
            cycle_root: Value::UNDEFINED,
            async_order: None,
            pending_async: 0,
            async_parents: Vec::new(),
            promise: Value::UNDEFINED,
            namespace: Value::UNDEFINED,
            deferred_namespace: Value::UNDEFINED,
            meta: Value::UNDEFINED,
            host_defined: Value::UNDEFINED,
        }
    }
}

impl Module {
    /// The module that `value` is.
    #[must_use]
    pub fn from_value(vm: &Vm, value: Value) -> Option<Self> {
        vm.heap.native::<ModuleData>(value).map(|_| Self(value))
    }

    /// The record's cell.
    #[must_use]
    pub const fn value(self) -> Value {
        self.0
    }
}

impl From<Module> for Value {
    fn from(module: Module) -> Self {
        module.0
    }
}

impl Vm {
    /// A record for a compiled module.
    pub fn new_source_module(&mut self, template: Arc<ModuleTemplate>, name: &str) -> Module {
        let requests = template.requests.len();
        let data = ModuleData::new(
            Body::Source(template),
            name.to_owned(),
            self.realm,
            requests,
        );
        Module(self.heap.new_native(data).into())
    }

    /// A record whose exports `steps` sets when the module is evaluated.
    pub fn new_synthetic_module(
        &mut self,
        name: &str,
        exports: &[&str],
        steps: SyntheticSteps,
    ) -> Module {
        let names: Vec<PropKey> = exports
            .iter()
            .map(|name| PropKey::atom(self.heap.atom_str(name)))
            .collect();
        let env = self
            .heap
            .new_env(Value::NULL, names.len(), Value::UNDEFINED);
        let mut data = ModuleData::new(
            Body::Synthetic(names, Some(steps)),
            name.to_owned(),
            self.realm,
            0,
        );
        data.env = env.into();
        let native: Native = self.heap.new_native(data);
        Module(native.into())
    }

    /// Sets an export of a synthetic module; was it declared?
    pub fn set_synthetic_export(&mut self, module: Module, name: &str, value: Value) -> bool {
        let name = PropKey::atom(self.heap.atom_str(name));
        let data = self.module(module);
        let Body::Synthetic(names, _) = &data.body else {
            return false;
        };
        let Some(slot) = names.iter().position(|known| *known == name) else {
            return false;
        };
        if let Some(env) = super::heap::Env::from_value(data.env) {
            env.set(slot, value);
        }
        true
    }

    /// The record's fields.
    pub(in crate::vm) fn module(&self, module: Module) -> &ModuleData {
        match self.heap.native::<ModuleData>(module.0) {
            Some(data) => data,
            None => unreachable!("a `Module` is a module record"),
        }
    }

    /// The record's fields, to change.
    pub(in crate::vm) fn module_mut(&mut self, module: Module) -> &mut ModuleData {
        match self.heap.native_mut::<ModuleData>(module.0) {
            Some(data) => data,
            None => unreachable!("a `Module` is a module record"),
        }
    }

    /// The name that the module was made under.
    #[must_use]
    pub fn module_name(&self, module: Module) -> String {
        self.module(module).name.clone()
    }

    /// Where the module stands.
    #[must_use]
    pub fn module_status(&self, module: Module) -> Status {
        self.module(module).status
    }

    /// Its `import.meta`, undefined until made.
    #[must_use]
    pub fn module_meta(&self, module: Module) -> Value {
        self.module(module).meta
    }

    /// Sets its `import.meta`.
    pub fn set_module_meta(&mut self, module: Module, meta: Value) {
        self.module_mut(module).meta = meta;
    }

    /// Sets what the host gets with each `import()` in the module.
    pub fn set_module_host_defined(&mut self, module: Module, value: Value) {
        self.module_mut(module).host_defined = value;
    }

    /// Specifier and attributes of each request that has no module yet, with its index.
    #[must_use]
    pub fn missing_requests(&self, module: Module) -> Vec<(usize, String, Attributes)> {
        let data = self.module(module);
        let Body::Source(template) = &data.body else {
            return Vec::new();
        };
        let missing = data
            .requested
            .iter()
            .enumerate()
            .filter(|(_, module)| module.is_undefined());
        missing
            .filter_map(|(index, _)| template.requests.get(index).map(|request| (index, request)))
            .map(|(index, request)| {
                let attributes = request.attributes.iter();
                let attributes =
                    attributes.map(|(key, value)| (key.to_string_lossy(), value.to_string_lossy()));
                (
                    index,
                    request.specifier.to_string_lossy(),
                    attributes.collect(),
                )
            })
            .collect()
    }

    /// Specifier and attributes of every request, in order.
    #[must_use]
    pub fn module_requests(&self, module: Module) -> Vec<(String, Attributes)> {
        let Body::Source(template) = &self.module(module).body else {
            return Vec::new();
        };
        let requests = template.requests.iter();
        requests
            .map(|request| {
                let attributes = request.attributes.iter();
                let attributes =
                    attributes.map(|(key, value)| (key.to_string_lossy(), value.to_string_lossy()));
                (request.specifier.to_string_lossy(), attributes.collect())
            })
            .collect()
    }

    /// Has the module a top-level `await`?
    #[must_use]
    pub fn has_top_level_await(&self, module: Module) -> bool {
        matches!(&self.module(module).body, Body::Source(template) if template.has_tla)
    }

    /// Gives a request its module.
    pub fn set_requested(&mut self, module: Module, index: usize, requested: Module) {
        if let Some(slot) = self.module_mut(module).requested.get_mut(index) {
            *slot = requested.0;
        }
    }

    /// The modules that the requests were given.
    #[must_use]
    pub fn requested_modules(&self, module: Module) -> Vec<Module> {
        self.module(module)
            .requested
            .iter()
            .filter(|value| !value.is_undefined())
            .map(|&value| Module(value))
            .collect()
    }

    /// The module of one request.
    ///
    /// # Errors
    /// `TypeError` when the host gave none.
    fn requested(&mut self, module: Module, index: usize) -> Completion<Module> {
        let value = self
            .module(module)
            .requested
            .get(index)
            .copied()
            .unwrap_or(Value::UNDEFINED);
        match Module::from_value(self, value) {
            Some(requested) => Ok(requested),
            None => Err(self.throw_type("a module was linked before its imports were loaded")),
        }
    }
}
