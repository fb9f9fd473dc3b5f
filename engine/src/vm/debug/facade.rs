//! The facade's functions for tools.

use std::time::Duration;

use crate::{
    Context, Error, HeapUsage, Object, Result,
    vm::{
        heap::{Kind, Obj},
        machine::Vm,
    },
};

impl Context {
    /// Begins to take a CPU profile with a sample about every `interval`, by the host's clock
    /// ([`crate::HostHooks::monotonic_time`]). One that is being taken goes on.
    ///
    /// # Errors
    /// `Unsupported` where the backend has no profiler.
    pub fn start_cpu_profile(&mut self, interval: Duration) -> Result<()> {
        self.vm().start_cpu_profile(interval);
        Ok(())
    }

    /// Counts from now on how often what is compiled runs. Code that was compiled before is not counted.
    ///
    /// # Errors
    /// `Unsupported` where the backend counts nothing.
    pub fn start_precise_coverage(&mut self) -> Result<()> {
        self.vm().start_coverage();
        Ok(())
    }

    /// The counts since the last call, as the JSON that V8 writes for a program's coverage: `result` and `timestamp`.
    ///
    /// # Errors
    /// `Error` when coverage is off; `Unsupported` where the backend counts nothing.
    pub fn take_precise_coverage(&mut self) -> Result<String> {
        let coverage = self.vm().take_coverage();
        coverage.ok_or_else(|| Error::error("coverage is off"))
    }

    /// Compiles without counters again.
    pub fn stop_precise_coverage(&mut self) {
        self.vm().stop_coverage();
    }

    /// Writes a snapshot of the heap, as a `.heapsnapshot`, after collecting garbage. It is written as it is made.
    ///
    /// # Errors
    /// `Error` when the writer fails; `Unsupported` where the backend has no snapshots.
    pub fn write_heap_snapshot(&mut self, out: &mut impl std::io::Write) -> Result<()> {
        let written = self.vm().write_heap_snapshot(out);
        written.map_err(|error| Error::error(format!("cannot write the snapshot: {error}")))
    }

    /// Every object in use that has `prototype` in its chain of prototypes, in no order. Collects garbage first; proxies are
    /// not asked. Takes time in proportion to the heap.
    ///
    /// # Errors
    /// `Internal` where the program is stopped meanwhile; `Unsupported` where the backend cannot look into its heap.
    pub fn objects_with_prototype(&mut self, prototype: &Object) -> Result<Vec<Object>> {
        let prototype = prototype.obj();
        self.gc();
        let found = self.guarded(|vm| {
            let mut objects = vm.heap.objects();
            let mut failed = Ok(());
            objects.retain(|&object| {
                let is = failed.is_ok() && vm.inherits_from(object, prototype);
                failed = failed.and(vm.work(1));
                is
            });
            failed.map(|()| objects)
        })?;
        Ok(found.into_iter().map(Object::own).collect())
    }

    /// What the heap takes now. Garbage counts until it is collected.
    #[must_use]
    pub fn heap_usage(&mut self) -> HeapUsage {
        let vm = self.vm();
        HeapUsage {
            used_bytes: vm.heap.used(),
            total_bytes: vm.heap.taken(),
            limit_bytes: vm.heap.limit(),
            external_bytes: vm.heap.external(),
            buffer_bytes: vm.heap.buffers(),
            n_realms: vm.realms.iter().filter(|realm| realm.is_live).count(),
            n_handles: vm.heap.handles().len(),
        }
    }

    /// Ends the CPU profile and returns it as the JSON of a `.cpuprofile`.
    ///
    /// # Errors
    /// `Error` when none is being taken; `Unsupported` where the backend has no profiler.
    pub fn stop_cpu_profile(&mut self) -> Result<String> {
        let profile = self.vm().stop_cpu_profile();
        profile.ok_or_else(|| Error::error("no CPU profile is being taken"))
    }
}

impl Vm {
    /// Is `prototype` in the chain of prototypes of `object`, as far as that is known without asking a proxy?
    fn inherits_from(&self, object: Obj, prototype: Obj) -> bool {
        let mut at = self.proto_of(object);
        while let Some(object) = at.as_object() {
            if object == prototype {
                return true;
            }
            if object.kind() == Kind::Proxy {
                return false;
            }
            at = self.proto_of(object);
        }
        false
    }
}
