//! Promise jobs, and the drain of the queue. Source: ECMA-262 <https://tc39.es/ecma262/#sec-promise-jobs>.

use super::{Capability, FULFILLED, native_number};
use crate::vm::{
    builtins::array::is_native,
    heap::{Cell, Kind, Obj},
    interpreter::native_pointer,
    machine::{Args, Completion, Throw, Vm},
    realm::Intrinsic,
    value::Value,
};

/// `NewPromiseReactionJob`: arguments are the reaction, the state and the value.
pub(super) fn run_reaction(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(reaction) = args.at(0).as_cell() else {
        return Ok(Value::UNDEFINED);
    };
    let fulfilled = args.at(1) == Value::int(FULFILLED);
    let handler = reaction.slots_get(if fulfilled { 2 } else { 3 });
    if let Some(number) = native_number(reaction) {
        let values = [reaction.slots_get(4), args.at(2), Value::int(number)];
        return native_pointer(handler)(
            vm,
            &Args {
                values: &values,
                ..*args
            },
        );
    }
    vm.jobs.reaction = Some(args.at(0));
    let capability = capability_of(reaction);
    let result = if handler.is_undefined() {
        if fulfilled {
            Ok(args.at(2))
        } else {
            Err(Throw(args.at(2)))
        }
    } else {
        vm.call(handler, Value::UNDEFINED, &[args.at(2)])
    };
    match result {
        Ok(value) => {
            vm.root(value);
            vm.resolve_capability(&capability, value)?;
        }
        Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
        Err(Throw(reason)) => {
            vm.root(reason);
            vm.reject_capability(&capability, reason)?;
        }
    }
    Ok(Value::UNDEFINED)
}

pub(super) fn capability_of(reaction: Cell) -> Capability {
    let data = reaction.slots_get(4);
    if data.is_object() {
        return Capability {
            promise: data,
            resolve: Value::UNDEFINED,
            reject: Value::UNDEFINED,
        };
    }
    let data = data.as_cell();
    let part = |index: usize| data.map_or(Value::UNDEFINED, |data| data.slots_get(index));
    Capability {
        promise: part(0),
        resolve: part(1),
        reject: part(2),
    }
}

/// `NewPromiseResolveThenableJob`: arguments are the promise, the thenable and its `then`.
pub(super) fn resolve_thenable(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let Some(promise) = args.at(0).as_object() else {
        return Ok(Value::UNDEFINED);
    };
    if let Some(thenable) = args
        .at(1)
        .as_object()
        .filter(|thenable| thenable.kind() == Kind::Promise)
        && is_native(args.at(2), super::constructor::then)
    {
        return follow(vm, promise, thenable);
    }
    let (resolve, reject) = vm.promise_resolving_functions(promise);
    vm.root(resolve);
    vm.root(reject);
    match vm.call(args.at(2), args.at(1), &[resolve.into(), reject.into()]) {
        Err(Throw(reason)) if reason != Value::TERMINATION => {
            vm.root(reason);
            vm.call(reject.into(), Value::UNDEFINED, &[reason])
        }
        other => other,
    }
}

/// What `then` of promises does with resolving functions of `promise`, which nobody sees and so needn't be made.
fn follow(vm: &mut Vm, promise: Obj, thenable: Obj) -> Completion {
    let species = match vm.promise_species(thenable) {
        Ok(species) => species,
        Err(Throw(Value::TERMINATION)) => return Err(Throw(Value::TERMINATION)),
        Err(Throw(reason)) => {
            vm.promise_reject_with(promise, reason);
            return Ok(Value::UNDEFINED);
        }
    };
    vm.root(species);
    if species != Value::from(vm.intrinsic(Intrinsic::Promise)) {
        let (resolve, reject) = vm.promise_resolving_functions(promise);
        vm.root(resolve);
        vm.root(reject);
        return match vm.new_promise_capability(species) {
            Ok(capability) => {
                vm.perform_then(thenable, resolve.into(), reject.into(), &capability);
                Ok(Value::UNDEFINED)
            }
            Err(Throw(Value::TERMINATION)) => Err(Throw(Value::TERMINATION)),
            Err(Throw(reason)) => {
                vm.promise_reject_with(promise, reason);
                Ok(Value::UNDEFINED)
            }
        };
    }
    vm.promise_then_native(thenable, pass_value, pass_reason, promise.into());
    Ok(Value::UNDEFINED)
}

fn pass_value(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(promise) = args.at(0).as_object() {
        vm.promise_resolve_with(promise, args.at(1));
    }
    Ok(Value::UNDEFINED)
}

fn pass_reason(vm: &mut Vm, args: &Args<'_>) -> Completion {
    if let Some(promise) = args.at(0).as_object() {
        vm.promise_reject_with(promise, args.at(1));
    }
    Ok(Value::UNDEFINED)
}

impl Vm {
    /// Runs jobs until none is left, those included that are queued meanwhile. A job that throws is reported to the host
    /// and the next one runs. Nested calls have no effect; when the program is stopped, the rest stays queued.
    pub fn run_jobs(&mut self) {
        self.run_jobs_of(None);
    }

    /// As [`Vm::run_jobs`]; with a realm, the jobs of its own queue, even while others are run.
    pub(in crate::vm) fn run_jobs_of(&mut self, realm: Option<u32>) {
        let outer_draining = std::mem::replace(&mut self.jobs.draining, true);
        if outer_draining && realm.is_none() {
            return;
        }
        let outer_context = self.jobs.async_context.take();
        let outer_mark = self.root_mark();
        self.root(outer_context.unwrap_or(Value::UNDEFINED));
        let outer_realm = self.realm;
        loop {
            if !self.waits.is_empty() {
                self.settle_async_waits();
            }
            let Some(job) = self.jobs.pop(realm) else {
                if realm.is_some() {
                    break;
                }
                // ClearKeptObjects; then what collections found dead is finalized, as more jobs.
                self.kept.clear();
                if self.queue_finalizers() {
                    continue;
                }
                break;
            };
            let mark = self.root_mark();
            let [a, b, c, d] = job.values;
            self.roots
                .extend_from_slice(&[a, b, c, d, job.async_context]);
            self.realm = job.realm;
            self.jobs.async_context =
                (!job.async_context.is_undefined()).then_some(job.async_context);
            let callee = self.intrinsic_of(job.realm, Intrinsic::FunctionPrototype);
            let args = Args {
                callee,
                this: Value::UNDEFINED,
                new_target: Value::UNDEFINED,
                values: &job.values,
            };
            // A job is a step: some run no JavaScript that polls.
            let result = (job.run)(self, &args).and_then(|_| self.poll_step());
            self.jobs.reaction = None;
            if let Err(Throw(error)) = result {
                self.root(error);
                let is_timeout = error == Value::TERMINATION && self.limits.timed_out;
                if let Some(report) = self.host.job_error.filter(|_| !is_timeout) {
                    report(self, error);
                }
                if error == Value::TERMINATION {
                    self.unroot_to(mark);
                    break;
                }
            }
            self.unroot_to(mark);
        }
        self.realm = outer_realm;
        self.jobs.async_context = outer_context;
        self.jobs.draining = outer_draining;
        self.unroot_to(outer_mark);
    }
}
