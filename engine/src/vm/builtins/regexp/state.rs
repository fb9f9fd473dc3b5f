//! What a machine keeps for regular expressions: the matcher's memory, compiled programs, and how the built-in prototype
//! looked when it was made, so that operations know when nobody has changed it.

use std::{hash::Hasher, sync::Arc};

use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};

use super::legacy::Legacy;
use crate::vm::{
    heap::{Kind, Native, Obj, Str, Tracer, Units},
    machine::{Completion, Throw, Vm},
    object::{Lazy, Own, PropKey, attr},
    realm::Intrinsic,
    regexp::{Flags, Input, Program, Scratch, Stopped},
    value::Value,
};

/// Programs kept, at most.
const MAX_CACHED: usize = 512;
/// Their bytes, at most.
const MAX_CACHED_BYTES: usize = 16 << 20;

/// The state of regular expressions in a machine.
#[derive(Debug, Default)]
pub struct RegExpState {
    scratch: Scratch,
    /// The positions of the last successful match.
    pub(super) captures: Vec<usize>,
    cache: HashTable<Cached>,
    cached_bytes: usize,
    /// What the regular expressions of literals hold, by the cells of pattern and flags: it never changes, so those of one
    /// literal share it. Valid for so many collections: later the cells may be others.
    literals: FxHashMap<(u64, u64), Native>,
    literals_at: u64,
    /// By realm.
    pub(super) realms: Vec<RealmState>,
}

#[derive(Debug)]
struct Cached {
    hash: u64,
    flags: Flags,
    pattern: Box<[u16]>,
    program: Arc<Program>,
}

/// The state of regular expressions in a realm.
#[derive(Debug, Default)]
pub(super) struct RealmState {
    /// The prototype and the shape that it had when its properties were last compared.
    proto: Option<(Obj, u32)>,
    /// Properties of the prototype, their slots and what these held; `exec` is the first.
    guarded: Vec<(PropKey, u32, Value)>,
    /// The getter `RegExp[Symbol.species]`.
    species: Option<Value>,
    /// The shape of a regular expression that has nothing but `lastIndex`.
    instance_shape: u32,
    /// The shape of a match: an array with `index`, `input` and `groups`.
    match_shape: u32,
    /// `RegExp.$1` and its like.
    pub(super) legacy: Legacy,
}

/// Inline values of a match: the length, `index`, `input`, `groups`.
const MATCH_INLINE: u8 = 4;

impl RegExpState {
    /// Bytes that it takes. What regular expressions share with the cache counts twice: they may go any time.
    pub(in crate::vm) fn bytes(&self) -> usize {
        self.scratch.bytes()
            + self.captures.capacity() * 8
            + self.cached_bytes
            + self.cache.allocation_size()
            + self.literals.capacity() * 32
    }

    /// Drops what belongs to a realm that is gone.
    pub(in crate::vm) fn forget_realm(&mut self, realm: u32) {
        if let Some(state) = self.realms.get_mut(realm as usize) {
            *state = RealmState::default();
        }
    }

    pub(in crate::vm) fn trace(&self, tracer: &mut Tracer<'_>) {
        for (id, realm) in self.realms.iter().enumerate() {
            if !tracer.is_realm_in_use(id as u32) {
                continue;
            }
            realm
                .guarded
                .iter()
                .for_each(|&(_, _, value)| tracer.value(value));
            realm
                .species
                .iter()
                .for_each(|&getter| tracer.value(getter));
            realm.legacy.trace(tracer);
        }
    }
}

impl Vm {
    /// What this realm keeps.
    pub(super) fn regexp_realm(&mut self) -> &mut RealmState {
        let realm = self.realm as usize;
        if self.regexp.realms.len() <= realm {
            self.regexp
                .realms
                .resize_with(realm + 1, RealmState::default);
        }
        &mut self.regexp.realms[realm]
    }

    /// Notes how `RegExp.prototype` looks, now that it is complete.
    pub(super) fn guard_regexp_prototype(&mut self, prototype: Obj) {
        let names = self.names;
        let instance = self.new_object_of(Kind::RegExp, prototype.into());
        self.add_own(instance, names.last_index, Value::ZERO, attr::W);
        let instance_shape = instance.shape();
        let array_proto = self.intrinsic(Intrinsic::ArrayPrototype);
        let shapes = &mut self.heap.shapes;
        let mut match_shape = shapes.root(
            array_proto.into(),
            Kind::Array,
            MATCH_INLINE,
            true,
            Lazy::No,
        );
        for key in [names.index, names.input, names.groups] {
            if let Some((shape, _)) = shapes.with_property(match_shape, key, attr::ALL) {
                match_shape = shape;
            }
        }
        shapes.keep(instance_shape, self.realm);
        shapes.keep(match_shape, self.realm);
        let keys = [
            names.exec,
            names.flags,
            names.has_indices,
            names.global,
            names.ignore_case,
            names.multiline,
            names.dot_all,
            names.unicode,
            names.unicode_sets,
            names.sticky,
            names.constructor,
        ];
        let shape = prototype.shape();
        let guarded = keys
            .into_iter()
            .filter_map(|key| {
                let slot = self.heap.shapes.lookup(shape, key)?;
                Some((key, slot.slot, prototype.slot(slot.slot)))
            })
            .collect();
        let constructor = self.intrinsic(Intrinsic::RegExp);
        let key = PropKey::symbol(self.symbols.species);
        let species = match self.ordinary_own_property(constructor, key) {
            Own::Accessor(getter, ..) => Some(getter),
            _ => None,
        };
        let state = self.regexp_realm();
        state.species = species;
        state.proto = Some((prototype, shape));
        state.guarded = guarded;
        state.instance_shape = instance_shape;
        state.match_shape = match_shape;
    }

    /// Is it a regular expression of this realm, without properties of its own, whose `exec` is the built-in one?
    #[inline]
    pub(super) fn has_builtin_exec(&mut self, regexp: Obj) -> bool {
        self.is_guarded(regexp, 1)
    }

    /// As [`Vm::has_builtin_exec`], and `flags`, the getters that it reads, and `constructor` are built in too?
    #[inline]
    pub(super) fn is_pristine_regexp(&mut self, regexp: Obj) -> bool {
        self.is_guarded(regexp, usize::MAX)
    }

    fn is_guarded(&mut self, regexp: Obj, count: usize) -> bool {
        let Some(state) = self.regexp.realms.get(self.realm as usize) else {
            return false;
        };
        let Some((proto, shape)) = state.proto else {
            return false;
        };
        if regexp.kind() != Kind::RegExp || regexp.shape() != state.instance_shape {
            return false;
        }
        if proto.shape() != shape && !self.look_at_prototype(proto) {
            return false;
        }
        let Some(state) = self.regexp.realms.get(self.realm as usize) else {
            return false;
        };
        state
            .guarded
            .iter()
            .take(count)
            .all(|&(_, slot, value)| proto.slot(slot) == value)
    }

    /// The prototype got another shape: are the guarded properties where they were?
    #[cold]
    fn look_at_prototype(&mut self, proto: Obj) -> bool {
        let Some(state) = self.regexp.realms.get_mut(self.realm as usize) else {
            return false;
        };
        let shapes = &mut self.heap.shapes;
        let shape = proto.shape();
        let same = state.guarded.iter().all(|&(key, slot, _)| {
            shapes
                .lookup(shape, key)
                .is_some_and(|found| found.slot == slot)
        });
        // A shape of its own changes in place, so it has to be looked at every time.
        if same && !shapes.get(shape).dictionary {
            state.proto = Some((proto, shape));
        }
        same
    }

    /// Is it the getter that `RegExp[Symbol.species]` was made with?
    pub(super) fn is_builtin_species(&mut self, getter: Value) -> bool {
        self.regexp_realm().species == Some(getter)
    }

    /// A fresh array with room for the properties of a match, which the caller fills: slots 0 to 2.
    pub(super) fn new_match_array(&mut self) -> Obj {
        let shape = self.regexp_realm().match_shape;
        let array = self.heap.new_object(Kind::Array, shape, MATCH_INLINE);
        array.set_internal(0, Value::ZERO);
        array
    }

    /// What a regular expression of this literal holds, if one was made since the last collection.
    pub(super) fn known_literal(&mut self, pattern: Str, flags: Str) -> Option<Native> {
        let collections = self.heap.counts.minor + self.heap.counts.full;
        if self.regexp.literals_at != collections {
            self.regexp.literals_at = collections;
            self.regexp.literals.clear();
        }
        let key = (pattern.cell().addr(), flags.cell().addr());
        self.regexp.literals.get(&key).copied()
    }

    /// Remembers what a regular expression of this literal holds, until the next collection.
    pub(super) fn remember_literal(&mut self, pattern: Str, flags: Str, data: Native) {
        let key = (pattern.cell().addr(), flags.cell().addr());
        self.regexp.literals.insert(key, data);
    }

    /// A regular expression of the current realm that holds nothing yet; its `lastIndex` is 0.
    pub(super) fn blank_regexp(&mut self) -> Obj {
        let shape = self.regexp_realm().instance_shape;
        let inline = self.heap.shapes.get(shape).inline;
        let regexp = self.heap.new_object(Kind::RegExp, shape, inline);
        self.heap.reserve_slots(regexp, 1);
        regexp.set_slot(0, Value::ZERO);
        regexp
    }

    /// The program of a pattern, from the cache where it was compiled before.
    ///
    /// # Errors
    /// `SyntaxError` when the pattern is none.
    pub(super) fn compile_regexp(
        &mut self,
        pattern: Str,
        flags: Flags,
    ) -> Completion<Arc<Program>> {
        let units = self.heap.units(&pattern);
        let hash = hash(units, flags);
        let found = self.regexp.cache.find(hash, |cached| {
            cached.hash == hash
                && cached.flags == flags
                && cached.pattern.len() == units.len()
                && cached.pattern.iter().copied().eq(units.iter())
        });
        if let Some(cached) = found {
            return Ok(Arc::clone(&cached.program));
        }
        self.work(units.len())?;
        let pattern_units = units.to_vec();
        let mut stopped = None;
        let compiled = Program::compile_while(&pattern_units, flags, &mut |steps| {
            stopped = self.work(steps as usize).err();
            stopped.is_none()
        });
        if let Some(throw) = stopped {
            return Err(throw);
        }
        match compiled {
            Ok(program) => {
                let program = Arc::new(program);
                let state = &mut self.regexp;
                let bytes = program.size_bytes() + 2 * pattern_units.len();
                if state.cache.len() >= MAX_CACHED || state.cached_bytes + bytes > MAX_CACHED_BYTES
                {
                    state.cache.clear();
                    state.cached_bytes = 0;
                }
                if bytes <= MAX_CACHED_BYTES / 4 {
                    state.cached_bytes += bytes;
                    let cached = Cached {
                        hash,
                        flags,
                        pattern: pattern_units.into(),
                        program: Arc::clone(&program),
                    };
                    state
                        .cache
                        .insert_unique(hash, cached, |cached| cached.hash);
                }
                Ok(program)
            }
            Err(error) => {
                let text = String::from_utf16_lossy(&pattern_units);
                let letters: String = super::flags::letters(&flags)
                    .into_iter()
                    .filter_map(|(letter, set)| set.then_some(char::from(letter)))
                    .collect();
                Err(self.throw_syntax(format!(
                    "Invalid regular expression: /{text}/{letters}: {}",
                    error.message
                )))
            }
        }
    }

    /// Looks for a match from `start` on; its positions are in `self.regexp.captures` then.
    ///
    /// # Errors
    /// `Value::TERMINATION` when the program shall stop; `RangeError` when the matcher needs too much memory.
    pub(super) fn run_regexp(
        &mut self,
        program: &Program,
        string: Str,
        start: usize,
    ) -> Completion<bool> {
        self.work(1)?;
        let input = match self.heap.units(&string) {
            Units::Latin1(bytes) => Input::Latin1(bytes),
            Units::Utf16(units) => Input::Utf16(units),
        };
        let mut scratch = std::mem::take(&mut self.regexp.scratch);
        let mut captures = std::mem::take(&mut self.regexp.captures);
        let mut stopped = Throw(Value::TERMINATION);
        let result = program.exec(input, start, &mut scratch, &mut captures, &mut |steps| {
            self.work(steps as usize)
                .map_err(|throw| stopped = throw)
                .is_ok()
        });
        self.regexp.scratch = scratch;
        self.regexp.captures = captures;
        match result {
            Ok(found) => Ok(found),
            Err(Stopped::Interrupted) => Err(stopped),
            Err(Stopped::TooMuchMemory) => {
                Err(self.throw_range("Maximum call stack size exceeded"))
            }
        }
    }

    /// Start and end of a group in the last match; none if it took no part.
    #[inline]
    pub(super) fn capture(&self, group: usize) -> Option<(usize, usize)> {
        match (
            self.regexp.captures.get(2 * group),
            self.regexp.captures.get(2 * group + 1),
        ) {
            (Some(&start), Some(&end)) if start != usize::MAX && end != usize::MAX => {
                Some((start, end))
            }
            _ => None,
        }
    }
}

fn hash(units: Units<'_>, flags: Flags) -> u64 {
    let mut hasher = FxHasher::default();
    std::hash::Hash::hash(&flags, &mut hasher);
    for unit in units.iter() {
        hasher.write_u16(unit);
    }
    hasher.finish()
}
