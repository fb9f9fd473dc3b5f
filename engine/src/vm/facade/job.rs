//! The microtask queue as hosts see it.

use super::{context::Context, function::Function, value::Value};
use crate::vm::{Args, Completion, job::Job, machine::Vm, value::Value as Raw};

impl Context {
    /// Runs microtasks until none is left, those included that are queued meanwhile.
    ///
    /// A microtask that throws is reported to the hook and the next one runs. A nested call has no effect.
    pub fn run_microtasks(&mut self) {
        self.vm().run_jobs();
    }

    /// Are microtasks waiting?
    #[must_use]
    pub fn has_microtasks(&mut self) -> bool {
        !self.vm().jobs.queue.is_empty()
    }

    /// Queues `function()` as a microtask.
    pub fn enqueue_microtask(&mut self, function: Function) {
        let function = Value::from(function);
        let vm = self.vm();
        let job = Job {
            run: call_function,
            values: [
                function.raw(),
                Raw::UNDEFINED,
                Raw::UNDEFINED,
                Raw::UNDEFINED,
            ],
            realm: vm.realm,
            async_context: vm.jobs.async_context.unwrap_or(Raw::UNDEFINED),
        };
        vm.queue_job(job);
    }
}

fn call_function(vm: &mut Vm, args: &Args<'_>) -> Completion {
    vm.call(args.at(0), Raw::UNDEFINED, &[])
}
