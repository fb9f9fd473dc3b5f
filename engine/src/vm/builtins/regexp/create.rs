//! `RegExp(pattern, flags)`, `compile`, and regular expressions made by the machine.

use super::{RegExpData, this_regexp};
use crate::vm::{
    builtins::string::is_regexp,
    heap::{Kind, Native, Obj, Str},
    machine::{Args, Completion, Vm},
    object::attr,
    realm::Intrinsic,
    regexp::Flags,
    value::Value,
};

pub(super) fn install(vm: &mut Vm, constructor: Obj, prototype: Obj) {
    vm.define_method(prototype, "compile", 2, compile);
    vm.define_getter(constructor, "@@species", species);
}

fn species(_: &mut Vm, args: &Args<'_>) -> Completion {
    Ok(args.this)
}

/// `RegExp(pattern, flags)`
pub(super) fn construct(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let (pattern, flags) = (args.at(0), args.at(1));
    let pattern_is_regexp = is_regexp(vm, pattern)?;
    let mut new_target = args.new_target;
    if !args.is_construct() {
        new_target = args.callee.into();
        if pattern_is_regexp && flags.is_undefined() {
            let key = vm.names.constructor;
            if vm.get_v(pattern, key)? == new_target {
                return Ok(pattern);
            }
        }
    }
    let (mut source, mut flags) = (pattern, flags);
    let data = pattern
        .as_object()
        .and_then(|object| vm.regexp_data(object));
    if let Some(data) = data {
        source = data.source.into();
        if flags.is_undefined() {
            flags = data.flags.into();
        }
    } else if pattern_is_regexp {
        let key = vm.names.source;
        source = vm.get_v(pattern, key)?;
        vm.root(source);
        if flags.is_undefined() {
            let key = vm.names.flags;
            flags = vm.get_v(pattern, key)?;
            vm.root(flags);
        }
    }
    vm.root(source);
    vm.root(flags);
    let regexp = vm.regexp_alloc(new_target)?;
    vm.root(regexp);
    vm.regexp_initialize(regexp, source, flags)?;
    Ok(regexp.into())
}

/// `RegExp.prototype.compile`
fn compile(vm: &mut Vm, args: &Args<'_>) -> Completion {
    let regexp = this_regexp(vm, args, "compile")?;
    if regexp.internal(2) != Value::int(vm.realm as i32) || regexp.internal(1) != Value::TRUE {
        let text = vm.display_receiver(args.this);
        return Err(vm.throw_type(format!(
            "Method RegExp.prototype.compile called on incompatible receiver {text}"
        )));
    }
    let (mut pattern, mut flags) = (args.at(0), args.at(1));
    if let Some(data) = pattern
        .as_object()
        .and_then(|object| vm.regexp_data(object))
    {
        if !flags.is_undefined() {
            return Err(
                vm.throw_type("Cannot supply flags when constructing one RegExp from another")
            );
        }
        pattern = data.source.into();
        flags = data.flags.into();
    }
    vm.root(pattern);
    vm.root(flags);
    vm.regexp_initialize(regexp, pattern, flags)?;
    Ok(args.this)
}

impl Vm {
    /// `RegExpAlloc`
    fn regexp_alloc(&mut self, new_target: Value) -> Completion<Obj> {
        let regexp =
            self.create_from_constructor(Kind::RegExp, new_target, Intrinsic::RegExpPrototype)?;
        let key = self.names.last_index;
        self.add_own(regexp, key, Value::ZERO, attr::W);
        let legacy = new_target == Value::from(self.intrinsic(Intrinsic::RegExp));
        regexp.set_internal(1, Value::bool(legacy));
        regexp.set_internal(2, Value::int(self.realm as i32));
        Ok(regexp)
    }

    /// `RegExpInitialize`. Everything passed is rooted by the caller.
    fn regexp_initialize(&mut self, regexp: Obj, pattern: Value, flags: Value) -> Completion<()> {
        let empty = self.names.empty.value();
        let source = if pattern.is_undefined() {
            empty
        } else {
            self.to_string(pattern)?.into()
        };
        self.root(source);
        let flags = if flags.is_undefined() {
            empty
        } else {
            self.to_string(flags)?.into()
        };
        self.root(flags);
        let (Some(source), Some(flags)) = (source.as_string(), flags.as_string()) else {
            return Ok(());
        };
        let _ = self.set_pattern(regexp, source, flags)?;
        self.set_last_index(regexp, 0)
    }

    fn set_pattern(&mut self, regexp: Obj, source: Str, flags: Str) -> Completion<Native> {
        let units = self.heap.units(&flags).to_vec();
        let Some(parsed) = Flags::parse(&units) else {
            let text = String::from_utf16_lossy(&units);
            return Err(self.throw_syntax(format!(
                "Invalid flags supplied to RegExp constructor '{text}'"
            )));
        };
        let program = self.compile_regexp(source, parsed)?;
        let data = RegExpData::new(self, program, source, flags, parsed);
        let cell = self.heap.new_native(data);
        regexp.set_internal(0, cell.into());
        Ok(cell)
    }

    /// A regular expression of the current realm: what a literal gives.
    ///
    /// # Errors
    /// `SyntaxError` when pattern or flags are none.
    pub fn new_regexp(&mut self, pattern: Str, flags: Str) -> Completion<Obj> {
        let regexp = self.blank_regexp();
        regexp.set_internal(1, Value::TRUE);
        regexp.set_internal(2, Value::int(self.realm as i32));
        match self.known_literal(pattern, flags) {
            Some(data) => regexp.set_internal(0, data.into()),
            None => {
                let data = self.set_pattern(regexp, pattern, flags)?;
                self.remember_literal(pattern, flags, data);
            }
        }
        Ok(regexp)
    }
}
