//! Evaluation: modules run once, dependencies first; top-level `await` makes a module and those that import it wait.

use super::{Body, Module, Status};
use crate::vm::{
    Args,
    heap::Obj,
    machine::{Completion, Throw, Vm},
    value::Value,
};

/// Deeper import chains than this are refused: the walk recurses.
const MAX_DEPTH: u32 = 20_000;

impl Vm {
    /// `Evaluate()`: runs a linked module and what it imports; the promise tells how it ended.
    ///
    /// # Errors
    /// `TypeError` when the module is not linked; [`Value::TERMINATION`] when the program is stopped.
    pub fn evaluate_module(&mut self, module: Module) -> Completion<Obj> {
        self.root(module.0);
        let status = self.module(module).status;
        if status < Status::Linked {
            return Err(self.throw_type("a module must be linked before it is evaluated"));
        }
        let mut root = module;
        if matches!(status, Status::EvaluatingAsync | Status::Evaluated)
            && let Some(cycle_root) = Module::from_value(self, self.module(module).cycle_root)
        {
            root = cycle_root;
        }
        if let Some(promise) = self.module(root).promise.as_object() {
            return Ok(promise);
        }
        let promise = self.promise_new();
        self.module_mut(root).promise = promise.into();
        let mut stack = Vec::new();
        match self.inner_evaluate(root, &mut stack, 0, 0) {
            Ok(_) => {
                // One that awaited and was evaluated before by an importer is done, too.
                if self.module(root).status == Status::Evaluated {
                    self.promise_resolve_with(promise, Value::UNDEFINED);
                }
            }
            Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
            Err(Throw(reason)) => {
                for failed in stack {
                    let data = self.module_mut(failed);
                    data.status = Status::Evaluated;
                    data.error = Some(reason);
                    data.cycle_root = failed.0;
                }
                let data = self.module_mut(root);
                data.status = Status::Evaluated;
                data.error = Some(reason);
                self.promise_reject_with(promise, reason);
            }
        }
        Ok(promise)
    }

    /// `InnerModuleEvaluation`
    fn inner_evaluate(
        &mut self,
        module: Module,
        stack: &mut Vec<Module>,
        index: u32,
        depth: u32,
    ) -> Completion<u32> {
        let data = self.module(module);
        match data.status {
            Status::EvaluatingAsync | Status::Evaluated => {
                return data.error.map_or(Ok(index), |error| Err(Throw(error)));
            }
            Status::Evaluating => return Ok(index),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(self.throw_range("Maximum call stack size exceeded"));
        }
        if let Body::Synthetic(..) = data.body {
            return self.evaluate_synthetic(module).map(|()| index);
        }
        let data = self.module_mut(module);
        data.status = Status::Evaluating;
        data.dfs_index = index;
        data.dfs_ancestor = index;
        data.pending_async = 0;
        stack.push(module);
        let mut index = index + 1;
        for required in self.evaluation_list(module)? {
            index = self.inner_evaluate(required, stack, index, depth + 1)?;
            self.note_dependency(module, required)?;
        }
        let has_tla =
            matches!(&self.module(module).body, Body::Source(template) if template.has_tla);
        if self.module(module).pending_async > 0 || has_tla {
            self.async_order += 1;
            let order = self.async_order;
            self.module_mut(module).async_order = Some(order);
            if self.module(module).pending_async == 0 {
                self.execute_async(module)?;
            }
        } else {
            self.execute_sync(module)?;
        }
        let data = self.module(module);
        if data.dfs_ancestor == data.dfs_index {
            while let Some(done) = stack.pop() {
                let data = self.module_mut(done);
                data.status = if data.async_order.is_some() {
                    Status::EvaluatingAsync
                } else {
                    Status::Evaluated
                };
                data.cycle_root = module.0;
                if done == module {
                    break;
                }
            }
        }
        Ok(index)
    }

    /// What a dependency that was just walked means for `module`.
    fn note_dependency(&mut self, module: Module, required: Module) -> Completion<()> {
        if let Body::Synthetic(..) = self.module(required).body {
            return Ok(());
        }
        let mut required = required;
        if self.module(required).status == Status::Evaluating {
            let ancestor = self.module(required).dfs_ancestor;
            let data = self.module_mut(module);
            data.dfs_ancestor = data.dfs_ancestor.min(ancestor);
        } else {
            if let Some(root) = Module::from_value(self, self.module(required).cycle_root) {
                required = root;
            }
            if let Some(error) = self.module(required).error {
                return Err(Throw(error));
            }
        }
        let data = self.module(required);
        if data.async_order.is_some() && data.status != Status::Evaluated {
            self.module_mut(module).pending_async += 1;
            self.module_mut(required).async_parents.push(module.0);
        }
        Ok(())
    }

    fn evaluate_synthetic(&mut self, module: Module) -> Completion<()> {
        let data = self.module_mut(module);
        data.status = Status::Evaluated;
        let Body::Synthetic(_, steps) = &mut data.body else {
            return Ok(());
        };
        let Some(steps) = steps.take() else {
            return Ok(());
        };
        let result = steps(self, module);
        if let Err(Throw(error)) = result {
            self.module_mut(module).error = Some(error);
        }
        result
    }

    /// Runs the body of a module without top-level `await`.
    fn execute_sync(&mut self, module: Module) -> Completion<()> {
        self.run_body(module).map(drop)
    }

    fn run_body(&mut self, module: Module) -> Completion {
        let data = self.module(module);
        let Body::Source(template) = &data.body else {
            return Ok(Value::UNDEFINED);
        };
        let (template, realm, env) = (std::sync::Arc::clone(template), data.realm, data.env);
        let code = self.link(&template.body, realm, module.0);
        let mark = self.root_mark();
        self.root(code);
        let result = self.run_code(code, env, Value::UNDEFINED);
        self.unroot_to(mark);
        result
    }

    /// `ExecuteAsyncModule`
    fn execute_async(&mut self, module: Module) -> Completion<()> {
        let promise = self.run_body(module)?;
        match promise.as_object() {
            Some(promise) => self.promise_then_native(promise, fulfilled, rejected, module.0),
            None => self.async_fulfilled(module)?,
        }
        Ok(())
    }

    /// `AsyncModuleExecutionFulfilled`
    fn async_fulfilled(&mut self, module: Module) -> Completion<()> {
        if self.module(module).status == Status::Evaluated {
            return Ok(());
        }
        let data = self.module_mut(module);
        data.status = Status::Evaluated;
        self.settle_module(module, None);
        let mut ready = Vec::new();
        self.gather_available(module, &mut ready);
        ready.sort_by_key(|&ready| self.module(ready).async_order.unwrap_or(u64::MAX));
        for next in ready {
            if self.module(next).status == Status::Evaluated {
                continue;
            }
            let has_tla =
                matches!(&self.module(next).body, Body::Source(template) if template.has_tla);
            if has_tla {
                if let Err(throw) = self.execute_async(next) {
                    self.async_rejected(next, throw)?;
                }
            } else {
                match self.execute_sync(next) {
                    Err(throw) => self.async_rejected(next, throw)?,
                    Ok(()) => {
                        self.module_mut(next).status = Status::Evaluated;
                        self.settle_module(next, None);
                    }
                }
            }
        }
        Ok(())
    }

    /// `GatherAvailableAncestors`
    fn gather_available(&mut self, module: Module, ready: &mut Vec<Module>) {
        let mut pending = vec![module];
        while let Some(at) = pending.pop() {
            for parent in self.module(at).async_parents.clone() {
                let Some(parent) = Module::from_value(self, parent) else {
                    continue;
                };
                let failed = Module::from_value(self, self.module(parent).cycle_root)
                    .is_some_and(|root| self.module(root).error.is_some());
                if ready.contains(&parent) || failed {
                    continue;
                }
                let data = self.module_mut(parent);
                data.pending_async = data.pending_async.saturating_sub(1);
                if data.pending_async == 0 {
                    ready.push(parent);
                    let has_tla = matches!(&data.body, Body::Source(template) if template.has_tla);
                    if !has_tla {
                        pending.push(parent);
                    }
                }
            }
        }
    }

    /// `AsyncModuleExecutionRejected`
    fn async_rejected(&mut self, module: Module, throw: Throw) -> Completion<()> {
        if throw.0 == Value::TERMINATION {
            return Err(throw);
        }
        let mut pending = vec![module];
        while let Some(at) = pending.pop() {
            let data = self.module_mut(at);
            if data.status == Status::Evaluated {
                continue;
            }
            data.status = Status::Evaluated;
            data.error = Some(throw.0);
            let parents = data.async_parents.clone();
            self.settle_module(at, Some(throw.0));
            let parents = parents
                .into_iter()
                .rev()
                .filter_map(|parent| Module::from_value(self, parent));
            let parents: Vec<Module> = parents.collect();
            pending.extend(parents);
        }
        Ok(())
    }

    fn settle_module(&mut self, module: Module, error: Option<Value>) {
        if let Some(promise) = self.module(module).promise.as_object() {
            match error {
                Some(error) => self.promise_reject_with(promise, error),
                None => self.promise_resolve_with(promise, Value::UNDEFINED),
            }
        }
    }
}

/// The body of a module with top-level `await` came to its end.
fn fulfilled(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(module) = Module::from_value(vm, args.at(0)) {
        vm.async_fulfilled(module)?;
    }
    Ok(Value::UNDEFINED)
}

/// It threw.
fn rejected(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(module) = Module::from_value(vm, args.at(0)) {
        vm.async_rejected(module, Throw(args.at(1)))?;
    }
    Ok(Value::UNDEFINED)
}
