//! `Vm`: one heap, its realms, its value stack and its queue of jobs. Everything that runs JavaScript has `&mut Vm`.
//!
//! No globals, no thread-locals: a `Vm` is all there is of a context.

use super::{
    heap::{Collection, Heap, Obj, Str, Tracer, Work},
    interpreter::Stack,
    job::Jobs,
    names::{Names, Symbols},
    realm::Realm,
    value::Value,
};
use crate::{GcCause, GcEvent, GcKind, HeapStatistics};

/// A throw completion. Source: ECMA-262 <https://tc39.es/ecma262/#sec-throwcompletion>.
///
/// [`Value::TERMINATION`] stops the program: no handler catches it, no `finally` runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throw(pub Value);

/// What everything that can throw returns.
pub type Completion<T = Value> = Result<T, Throw>;

/// What a native function gets. The slice lies on the value stack: it stays valid, and its values alive, for the call.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// The native function object that is running: its internal slot 3 holds what it captured.
    pub callee: Obj,
    /// `this`
    pub this: Value,
    /// `new.target`; undefined in a plain call.
    pub new_target: Value,
    /// The arguments that were passed.
    pub values: &'a [Value],
}

impl Args<'_> {
    /// The argument at `index`; undefined when it was not passed.
    #[inline(always)]
    #[must_use]
    pub fn at(&self, index: usize) -> Value {
        self.values.get(index).copied().unwrap_or(Value::UNDEFINED)
    }

    /// How many arguments were passed.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.values.len()
    }

    /// Were none passed?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Was it called by `new` (or `super`)?
    #[must_use]
    pub const fn is_construct(&self) -> bool {
        !self.new_target.is_undefined()
    }

    /// What the function captured when it was made ([`Vm::new_native_with`]).
    #[must_use]
    pub fn captured(&self) -> Value {
        self.callee.internal(3)
    }
}

/// A native function.
pub type NativeFn = fn(&mut Vm, &Args<'_>) -> Completion;

/// The virtual machine.
pub struct Vm {
    /// All cells.
    pub heap: Heap,
    /// What `Intl` keeps.
    #[cfg(feature = "intl")]
    pub intl: super::builtins::intl::Cache,
    /// Realms by number; number 0 is the first.
    pub realms: Vec<Realm>,
    /// The realm of the running function, as far as slow paths and natives are concerned: natives run with it set to
    /// their own realm, the interpreter sets it before it leaves its fast paths.
    pub realm: u32,
    /// The value stack and where the interpreter stands on it.
    pub stack: Stack,
    /// Values that running natives keep alive; each native call truncates it to what it found.
    pub(in crate::vm) roots: Vec<Value>,
    /// How many of the roots belong to natives below the current run of the interpreter.
    pub(in crate::vm) root_base: usize,
    /// Common property names.
    pub names: Names,
    /// Well-known symbols.
    pub symbols: Symbols,
    /// `Symbol.for`: key to symbol.
    pub(in crate::vm) symbol_registry:
        hashbrown::HashMap<Vec<u16>, Value, rustc_hash::FxBuildHasher>,
    /// Promise jobs and host microtasks.
    pub jobs: Jobs,
    /// Was an object made that passes for undefined? As long as there is none, nothing looks for them.
    pub has_undetectable: bool,
    /// Promises of `Atomics.waitAsync`.
    pub waits: super::builtins::async_wait::AsyncWaits,
    /// What tools have switched on.
    pub debug: super::debug::Debug,
    /// The limits of the program and the host's interruptions.
    pub limits: super::limits::VmLimits,
    /// What the host answers.
    pub host: super::host::Host,
    /// State of `Math.random`.
    pub(in crate::vm) random: [u64; 2],
    /// Counts modules that wait: their order is that of ECMA-262's `[[AsyncEvaluationOrder]]`.
    pub(in crate::vm) async_order: u64,
    /// Is a program's `Error.prepareStackTrace` running? Errors made meanwhile get the usual text.
    pub(in crate::vm) preparing_stack: bool,
    /// Where the last exception was thrown, until a promise took it.
    pub(in crate::vm) thrown: Option<super::interpreter::Thrown>,
    /// Arrays whose `join` is under way: inside of itself, one is the empty string.
    pub(in crate::vm) joining: Vec<Obj>,
    /// Compiled regular expressions and the matcher's memory.
    pub(in crate::vm) regexp: super::builtins::regexp::RegExpState,
    /// Memory of JSON.
    pub(in crate::vm) json: super::builtins::json::JsonState,
    /// Objects kept alive until the jobs of this turn are done: targets that `WeakRef` looked at.
    pub(in crate::vm) kept: Vec<Value>,
}

impl Vm {
    /// Keeps `value` alive until the running native function returns, across calls into JavaScript. Returns it.
    #[inline]
    pub fn root<V: Into<Value> + Copy>(&mut self, value: V) -> V {
        self.roots.push(value.into());
        value
    }

    /// How many roots there are: for [`Vm::unroot_to`] in long loops.
    #[must_use]
    pub fn root_mark(&self) -> usize {
        self.roots.len()
    }

    /// Forgets the roots made since `mark`.
    pub fn unroot_to(&mut self, mark: usize) {
        self.roots.truncate(mark);
    }

    /// Collects garbage. Only at safepoints: every live value must be on the value stack, in a cell or rooted.
    pub fn collect(&mut self, full: bool) {
        self.collect_for(GcCause::Host, if full { Work::Full } else { Work::Minor });
    }

    /// As [`Vm::collect`]; the record of collections names `cause`.
    pub(in crate::vm) fn collect_for(&mut self, cause: GcCause, work: Work) {
        if !self.heap.events.is_on() {
            self.collect_now(work);
            return;
        }
        let bytes_before = self.heap.used();
        let start = self.monotonic_time();
        let done = self.collect_now(work);
        let pause = self.monotonic_time().saturating_sub(start);
        self.heap.events.push(GcEvent {
            kind: done.kind,
            cause,
            start,
            pause,
            bytes_before,
            bytes_after: done.used,
        });
    }

    fn collect_now(&mut self, work: Work) -> Collection {
        let (heap, mut roots) = self.split();
        let done = heap.run(work, &mut |tracer: &mut Tracer<'_>| {
            roots.trace(tracer);
            roots.trace_running(tracer);
        });
        if matches!(done.kind, GcKind::Major | GcKind::Full) {
            self.free_dead_realms();
        }
        done
    }

    /// The heap, and what else refers to its cells.
    pub(in crate::vm) fn split(&mut self) -> (&mut Heap, Roots<'_>) {
        let Self {
            heap,
            realms,
            realm,
            stack,
            roots,
            names,
            symbols,
            symbol_registry,
            jobs,
            waits,
            host,
            kept,
            regexp,
            ..
        } = self;
        let roots = Roots {
            realms,
            realm: *realm,
            stack,
            roots,
            names,
            symbols,
            symbol_registry,
            jobs,
            waits,
            host,
            kept,
            regexp,
        };
        (heap, roots)
    }

    /// Counts what lies in the heap; collects young garbage first. At safepoints only.
    pub fn heap_statistics(&mut self) -> HeapStatistics {
        self.collect_for(GcCause::Host, Work::Minor);
        self.heap.statistics()
    }

    /// A new string value from Rust text.
    #[must_use]
    pub fn str(&mut self, text: &str) -> Str {
        self.heap.str(text)
    }
}

/// Whatever of a machine keeps cells alive.
pub(in crate::vm) struct Roots<'v> {
    realms: &'v mut Vec<Realm>,
    realm: u32,
    stack: &'v mut Stack,
    roots: &'v mut Vec<Value>,
    names: &'v mut Names,
    symbols: &'v mut Symbols,
    symbol_registry: &'v mut hashbrown::HashMap<Vec<u16>, Value, rustc_hash::FxBuildHasher>,
    jobs: &'v mut Jobs,
    waits: &'v mut super::builtins::async_wait::AsyncWaits,
    host: &'v mut super::host::Host,
    kept: &'v mut Vec<Value>,
    regexp: &'v mut super::builtins::regexp::RegExpState,
}

impl Roots<'_> {
    /// What stays: realms, names, the host's values.
    pub(in crate::vm) fn trace(&mut self, tracer: &mut Tracer<'_>) {
        for (id, realm) in (0..).zip(self.realms.iter()) {
            if id == 0 || id == self.realm || realm.is_held() {
                tracer.realm(id);
            }
            if tracer.is_realm_in_use(id) {
                realm.trace(tracer);
            }
        }
        self.names.trace(tracer);
        self.symbols.trace(tracer);
        self.symbol_registry
            .values()
            .for_each(|&symbol| tracer.value(symbol));
        self.host.trace(tracer);
        self.regexp.trace(tracer);
    }

    /// What runs now, or is about to.
    pub(in crate::vm) fn trace_running(&mut self, tracer: &mut Tracer<'_>) {
        self.stack.trace(tracer);
        tracer.values(self.roots);
        self.jobs.trace(tracer);
        self.waits.trace(tracer);
        tracer.values(self.kept);
    }
}
