//! Deferred modules: `import defer` links a graph and leaves it alone until somebody looks into its namespace.
//!
//! What cannot run when a property is read, since it awaits at its top level, runs with the importing module; the rest
//! waits. Reading then evaluates the module at once, or throws if it cannot be done by the time the read returns.
//! Source: <https://tc39.es/proposal-defer-import-eval/>.

use rustc_hash::FxHashSet;

use super::{Body, Module, Status};
use crate::vm::{
    Args,
    builtins::promise::{State, state_of},
    compiler::ImportPhase,
    heap::Obj,
    machine::{Completion, Throw, Vm},
    value::Value,
};

impl Vm {
    /// `EvaluateModuleSync`
    ///
    /// # Errors
    /// `TypeError` where the module would have to wait, or is running; whatever it throws.
    pub(in crate::vm) fn evaluate_module_sync(&mut self, module: Module) -> Completion<()> {
        let data = self.module(module);
        // FAST PATH: the namespace was looked into before.
        if data.error.is_none() && self.is_cycle_evaluated(module) {
            return Ok(());
        }
        if !self.is_ready_for_sync_execution(module)? {
            let name = self.module_name(module);
            return Err(self.throw_type(format!(
                "Cannot evaluate the deferred module '{name}' synchronously"
            )));
        }
        let mark = self.root_mark();
        let promise = self.evaluate_module(module)?;
        self.unroot_to(mark);
        match state_of(promise) {
            State::Rejected(reason) => {
                self.promise_mark_handled(promise);
                Err(Throw(reason))
            }
            State::Fulfilled(_) | State::Pending => Ok(()),
        }
    }

    /// `ReadyForSyncExecution`: does nothing that would run now await, or run already?
    fn is_ready_for_sync_execution(&mut self, module: Module) -> Completion<bool> {
        let mut seen = FxHashSet::default();
        let mut pending = vec![module];
        while let Some(module) = pending.pop() {
            self.work(1)?;
            let data = self.module(module);
            let Body::Source(template) = &data.body else {
                continue;
            };
            if !seen.insert(module.0.bits()) {
                continue;
            }
            match data.status {
                _ if self.is_cycle_evaluated(module) => continue,
                Status::Linked if !template.has_tla => {}
                _ => return Ok(false),
            }
            pending.extend(self.requested_modules(module));
        }
        Ok(true)
    }

    /// `GatherAsynchronousTransitiveDependencies`: the first modules on each way into the graph that await.
    pub(in crate::vm) fn async_dependencies(&mut self, module: Module) -> Completion<Vec<Module>> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut pending = vec![module];
        while let Some(module) = pending.pop() {
            self.work(1)?;
            let data = self.module(module);
            let Body::Source(template) = &data.body else {
                continue;
            };
            if !seen.insert(module.0.bits()) {
                continue;
            }
            if data.status == Status::Evaluating || self.is_cycle_evaluated(module) {
                continue;
            }
            if template.has_tla {
                found.push(module);
                continue;
            }
            pending.extend(self.requested_modules(module).into_iter().rev());
        }
        Ok(found)
    }

    /// `IsModuleSCCEvaluated`: is it evaluated, and all that it forms a cycle with?
    fn is_cycle_evaluated(&self, module: Module) -> bool {
        let root = Module::from_value(self, self.module(module).cycle_root).unwrap_or(module);
        self.module(root).status == Status::Evaluated
    }

    /// What must be evaluated before `module`: what it imports, but of what it defers only what awaits.
    pub(super) fn evaluation_list(&mut self, module: Module) -> Completion<Vec<Module>> {
        let mut list = Vec::with_capacity(self.module(module).requested.len());
        let mut known = FxHashSet::default();
        for at in 0..self.module(module).requested.len() {
            let required = self.requested(module, at)?;
            if self.request_phase(module, at) == ImportPhase::Defer {
                for awaited in self.async_dependencies(required)? {
                    if known.insert(awaited.0.bits()) {
                        list.push(awaited);
                    }
                }
            } else if known.insert(required.0.bits()) {
                list.push(required);
            }
        }
        Ok(list)
    }

    /// `ContinueDynamicImport` of a linked module for `import.defer()`: `promise` gets the namespace when what awaits in the
    /// graph was evaluated.
    ///
    /// # Errors
    /// [`Value::TERMINATION`].
    pub(in crate::vm) fn import_deferred(
        &mut self,
        promise: Obj,
        module: Module,
    ) -> Completion<()> {
        let awaited = self.async_dependencies(module)?;
        if awaited.is_empty() {
            let namespace = self.module_namespace_at(module, ImportPhase::Defer)?;
            self.promise_resolve_with(promise, namespace.into());
            return Ok(());
        }
        // SafePerformPromiseAll
        let all = self.promise_new();
        let data = self.heap.new_slots(&[promise.into(), module.0]);
        self.promise_then_native(all, give_namespace, fail, Value::cell(data));
        let waiting = Value::from(awaited.len());
        let data = self.heap.new_slots(&[all.into(), waiting]);
        self.root(Value::cell(data));
        for module in awaited {
            let evaluation = self.evaluate_module(module)?;
            self.promise_then_native(evaluation, count_down, fail, Value::cell(data));
        }
        Ok(())
    }

    fn request_phase(&self, module: Module, index: usize) -> ImportPhase {
        match &self.module(module).body {
            Body::Source(template) => template.phase_of(index as u32),
            Body::Synthetic(..) => ImportPhase::Evaluation,
        }
    }
}

/// One of the modules that were waited for is done.
fn count_down(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(data) = args.at(0).as_cell() else {
        return Ok(Value::UNDEFINED);
    };
    let left = data.slots_get(1).as_int().unwrap_or(0).saturating_sub(1);
    data.slots_set(1, Value::int(left));
    if left == 0
        && let Some(all) = data.slots_get(0).as_object()
    {
        vm.promise_resolve_with(all, Value::UNDEFINED);
    }
    Ok(Value::UNDEFINED)
}

/// All are.
fn give_namespace(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(data) = args.at(0).as_cell() else {
        return Ok(Value::UNDEFINED);
    };
    if let (Some(promise), Some(module)) = (
        data.slots_get(0).as_object(),
        Module::from_value(vm, data.slots_get(1)),
    ) {
        let namespace = vm.module_namespace_at(module, ImportPhase::Defer)?;
        vm.promise_resolve_with(promise, namespace.into());
    }
    Ok(Value::UNDEFINED)
}

/// One of them threw.
fn fail(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let data = args.at(0).as_cell();
    if let Some(promise) = data.and_then(|data| data.slots_get(0).as_object()) {
        vm.promise_reject_with(promise, args.at(1));
    }
    Ok(Value::UNDEFINED)
}
