//! `RegExp.$1`, `RegExp.input` and their like. Source: the legacy RegExp features proposal
//! <https://github.com/tc39/proposal-regexp-legacy-features>.

use super::state::RealmState;
use crate::vm::{
    heap::{Obj, Str, Tracer},
    machine::{Args, Completion, NativeFn, Vm},
    realm::Intrinsic,
    value::Value,
};

/// Positions that are kept: the match and nine groups.
const KEPT: usize = 10;

/// What the last match in a realm was.
#[derive(Debug)]
pub(super) struct Legacy {
    /// `RegExp.input`; undefined: not to be had.
    input: Value,
    /// The string that was matched; undefined: not to be had.
    string: Value,
    captures: [(usize, usize); KEPT],
    /// How many of `captures` the match had.
    groups: usize,
    last_paren: (usize, usize),
}

impl Default for Legacy {
    fn default() -> Self {
        let none = (0, 0);
        Self {
            input: Value::NULL,
            string: Value::NULL,
            captures: [none; KEPT],
            groups: 0,
            last_paren: none,
        }
    }
}

impl Legacy {
    pub(super) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.input);
        tracer.value(self.string);
    }
}

impl Vm {
    /// `UpdateLegacyRegExpStaticProperties`, or what forgets them where the regular expression asks for that.
    pub(super) fn note_match(&mut self, regexp: Obj, string: Str) {
        if regexp.internal(2) != Value::int(self.realm as i32) {
            return;
        }
        if regexp.internal(1) != Value::TRUE {
            let legacy = &mut self.regexp_realm().legacy;
            legacy.input = Value::UNDEFINED;
            legacy.string = Value::UNDEFINED;
            return;
        }
        let groups = self.regexp.captures.len() / 2;
        let realm = self.realm as usize;
        let state = &mut self.regexp;
        let Some(RealmState { legacy, .. }) = state.realms.get_mut(realm) else {
            return;
        };
        let place = |pair: &[usize]| match *pair {
            [start, end] if start != usize::MAX => (start, end),
            _ => (0, 0),
        };
        legacy.input = string.into();
        legacy.string = string.into();
        legacy.groups = groups.min(KEPT);
        let pairs = state.captures.chunks_exact(2);
        for (kept, pair) in legacy.captures.iter_mut().zip(pairs.clone()) {
            *kept = place(pair);
        }
        legacy.last_paren = match pairs.last() {
            Some(pair) if groups > 1 => place(pair),
            _ => (0, 0),
        };
    }
}

pub(super) fn install(vm: &mut Vm, constructor: Obj) {
    vm.define_accessor(constructor, "input", Some(input), Some(set_input));
    vm.define_accessor(constructor, "$_", Some(input), Some(set_input));
    let getters: [(&str, NativeFn); 17] = [
        ("lastMatch", last_match),
        ("$&", last_match),
        ("lastParen", last_paren),
        ("$+", last_paren),
        ("leftContext", left_context),
        ("$`", left_context),
        ("rightContext", right_context),
        ("$'", right_context),
        ("$1", group::<1>),
        ("$2", group::<2>),
        ("$3", group::<3>),
        ("$4", group::<4>),
        ("$5", group::<5>),
        ("$6", group::<6>),
        ("$7", group::<7>),
        ("$8", group::<8>),
        ("$9", group::<9>),
    ];
    for (name, getter) in getters {
        vm.define_getter(constructor, name, getter);
    }
}

/// `this` must be `RegExp` itself.
fn check_this(vm: &mut Vm, args: &Args<'_>) -> Completion<()> {
    if args.this == Value::from(vm.intrinsic(Intrinsic::RegExp)) {
        return Ok(());
    }
    let text = vm.display_receiver(args.this);
    Err(vm.throw_type(format!(
        "RegExp static property accessed on incompatible receiver {text}"
    )))
}

fn input(vm: &mut Vm, args: &Args<'_>) -> Completion {
    check_this(vm, args)?;
    let value = vm.regexp_realm().legacy.input;
    known(vm, value)
}

fn known(vm: &mut Vm, value: Value) -> Completion {
    if value.is_undefined() {
        return Err(vm.throw_type(
            "RegExp static property is not available after a match of a RegExp subclass",
        ));
    }
    Ok(if value.is_null() {
        vm.names.empty.value()
    } else {
        value
    })
}

fn set_input(vm: &mut Vm, args: &Args<'_>) -> Completion {
    check_this(vm, args)?;
    let string = vm.to_string(args.at(0))?;
    vm.regexp_realm().legacy.input = string.into();
    Ok(Value::UNDEFINED)
}

/// The part of the string that was matched, given its positions from those of the match and its length.
fn part(
    vm: &mut Vm,
    args: &Args<'_>,
    range: impl FnOnce(&Legacy, usize) -> (usize, usize),
) -> Completion {
    check_this(vm, args)?;
    let value = vm.regexp_realm().legacy.string;
    let value = known(vm, value)?;
    let Some(string) = value.as_string() else {
        return Ok(value);
    };
    let (start, end) = range(&vm.regexp_realm().legacy, string.len());
    if start > end || end > string.len() {
        return Ok(vm.names.empty.value());
    }
    Ok(vm.heap.substring(string, start, end).into())
}

fn last_match(vm: &mut Vm, args: &Args<'_>) -> Completion {
    part(vm, args, |legacy, _| legacy.captures[0])
}

fn last_paren(vm: &mut Vm, args: &Args<'_>) -> Completion {
    part(vm, args, |legacy, _| legacy.last_paren)
}

fn left_context(vm: &mut Vm, args: &Args<'_>) -> Completion {
    part(vm, args, |legacy, _| (0, legacy.captures[0].0))
}

fn right_context(vm: &mut Vm, args: &Args<'_>) -> Completion {
    part(vm, args, |legacy, len| (legacy.captures[0].1, len))
}

fn group<const N: usize>(vm: &mut Vm, args: &Args<'_>) -> Completion {
    part(vm, args, |legacy, _| {
        let known = legacy.captures.get(..legacy.groups);
        known
            .and_then(|known| known.get(N))
            .copied()
            .unwrap_or((0, 0))
    })
}
