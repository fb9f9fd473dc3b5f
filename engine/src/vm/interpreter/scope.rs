//! Environments, and names that only run time can resolve: `with`, sloppy direct eval.
//!
//! An environment's info says what dynamic lookups find in it: a native cell with a [`LinkedScope`] (names of slots), an
//! object (the object of a `with`, whose environment has one slot, or the variables that sloppy eval added, whose
//! environment has none), or undefined: nothing.

use std::sync::Arc;

use super::{
    call::Called,
    exception::unwind,
    global::global_object,
    link::LinkedScope,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{BindingKind, Op, Source, frame},
    compiler::{CompileError, CompileErrorKind, ImportPhase, compile_eval},
    heap::{Env, Kind, Obj},
    machine::{Completion, Throw, Vm},
    object::{PropDesc, PropKey, attr},
    value::Value,
};

/// `NewEnv`
#[inline(never)]
pub(super) fn new_env(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let fill = if pc.x() == 0 {
        Value::UNDEFINED
    } else {
        Value::HOLE
    };
    let env = vm.heap.new_env(fp.get(pc.b()), pc.uc(), fill);
    let info = pc.extra(1);
    if info != 0 {
        let scope = vm.linked_scope(fp.code(), info as usize - 1);
        env.set_info(scope);
    }
    fp.set(pc.a(), env.into());
    Go {
        pc: pc.offset(2),
        fp,
    }
}

/// `CopyEnv`
#[inline(never)]
pub(super) fn copy_env(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let value = match Env::from_value(fp.get(pc.b())) {
        Some(env) => vm.heap.copy_env(env).into(),
        None => fp.get(pc.b()),
    };
    fp.set(pc.a(), value);
    Go {
        pc: pc.offset(1),
        fp,
    }
}

/// A binding was used before its declaration ran.
#[cold]
#[inline(never)]
pub(super) fn throw_uninitialised(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let throw = vm.throw_tdz(Vm::key_operand(pc));
    unwind(vm, throw)
}

/// `this` was used before `super()` returned.
#[cold]
#[inline(never)]
pub(super) fn throw_this_uninitialised(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let throw = vm.throw_no_super();
    unwind(vm, throw)
}

/// `ThrowConst`
#[cold]
#[inline(never)]
pub(super) fn throw_const(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let throw = vm.throw_type("Assignment to constant variable.");
    unwind(vm, throw)
}

/// `CoerceThis`
#[inline(never)]
pub(super) fn coerce_this(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let this = fp.this();
    let this = if this.is_nullish() {
        Ok(vm.realms[vm.realm as usize].global_this)
    } else {
        vm.to_object(this).map(Value::from)
    };
    if let Ok(this) = this {
        fp.set(frame::THIS, this);
    }
    vm.give(pc, fp, this)
}

/// `GetImport`: the slot refers to a slot of another module's environment.
#[inline(never)]
pub(super) fn get_import(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let mut env = Env::from_value(fp.get(pc.b()));
    for _ in 0..pc.x() {
        env = env.and_then(Env::parent);
    }
    let value = env.map_or(Value::HOLE, |env| imported(env.get(pc.uc())));
    if value.is_hole() {
        let throw = vm.throw_tdz(Vm::key_operand(pc));
        return unwind(vm, throw);
    }
    vm.give(pc, fp, Ok(value))
}

/// What an imported binding's slot stands for: a `Slots` cell of environment and slot number, else the value itself.
fn imported(slot: Value) -> Value {
    match slot.as_cell() {
        Some(cell) if cell.kind() == Kind::Slots => {
            let index = cell.slots_get(1).as_int().unwrap_or(0);
            Env::from_value(cell.slots_get(0)).map_or(Value::HOLE, |env| env.get(index as usize))
        }
        _ => slot,
    }
}

/// `NewWithEnv`
#[inline(never)]
pub(super) fn new_with_env(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let env = vm.heap.new_env(fp.get(pc.b()), 1, Value::UNDEFINED);
    env.set_info(fp.get(pc.c()));
    fp.set(pc.a(), env.into());
    Go::next(pc, fp)
}

/// `NewVarEnv`
#[inline(never)]
pub(super) fn new_var_env(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let env = vm.heap.new_env(fp.get(pc.b()), 0, Value::UNDEFINED);
    let variables = vm.new_object_with_proto(Value::NULL);
    env.set_info(variables.into());
    fp.set(pc.a(), env.into());
    Go::next(pc, fp)
}

/// Where a name was found.
#[derive(Clone, Copy)]
enum Place {
    /// A slot of an environment.
    Slot(Env, usize, BindingKind),
    /// A property of a `with` object.
    With(Obj),
    /// A variable that sloppy eval declared.
    EvalVar(Obj),
    /// A global `let`, `const` or class: the record.
    Lexical(Obj),
    /// A property of the global object.
    Global(Obj),
    /// Nowhere.
    Nowhere,
}

impl Vm {
    /// `ReferenceError`: Cannot access 'x' before initialization
    #[cold]
    pub(super) fn throw_tdz(&mut self, key: PropKey) -> Throw {
        let name = self.display_key(key);
        if name == "this" {
            return self.throw_no_super();
        }
        self.throw_reference(format!("Cannot access '{name}' before initialization"))
    }

    #[cold]
    pub(super) fn throw_no_super(&mut self) -> Throw {
        self.throw_reference(
            "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        )
    }

    /// The slot that a scope's names give `key`.
    fn scope_slot(&self, info: Value, key: PropKey) -> Option<(usize, BindingKind, bool)> {
        let scope = self.heap.native::<LinkedScope>(info)?;
        let at = scope.names.iter().position(|&name| name == key)?;
        let binding = scope.info.bindings.get(at)?;
        Some((
            usize::from(binding.slot),
            binding.kind,
            scope.info.is_var_scope,
        ))
    }

    fn find_name(&mut self, env: Value, key: PropKey) -> Completion<Place> {
        let mut at = Env::from_value(env);
        while let Some(env) = at {
            let info = env.info();
            if let Some(object) = info.as_object() {
                if env.is_empty() {
                    if self.has_own(object, key)? {
                        return Ok(Place::EvalVar(object));
                    }
                } else if self.with_has(object, key)? {
                    return Ok(Place::With(object));
                }
            } else if let Some((slot, kind, _)) = self.scope_slot(info, key) {
                return Ok(Place::Slot(env, slot, kind));
            }
            at = env.parent();
        }
        if let Some(record) = self.realms[self.realm as usize].lexical.as_object()
            && self.has_own(record, key)?
        {
            return Ok(Place::Lexical(record));
        }
        let global = global_object(self);
        Ok(if self.has_property(global, key)? {
            Place::Global(global)
        } else {
            Place::Nowhere
        })
    }

    /// `HasBinding` of the environment of a `with`.
    fn with_has(&mut self, object: Obj, key: PropKey) -> Completion<bool> {
        if !self.has_property(object, key)? {
            return Ok(false);
        }
        let symbol = PropKey::symbol(self.symbols.unscopables);
        let unscopables = self.get_o(object, symbol)?;
        let Some(list) = unscopables.as_object() else {
            return Ok(true);
        };
        let hidden = self.get_o(list, key)?;
        Ok(!self.to_boolean(hidden))
    }

    /// The place that `ResolveName` named by a value.
    fn place_of_value(&mut self, base: Value, key: PropKey) -> Place {
        if let Some(env) = Env::from_value(base) {
            return match self.scope_slot(env.info(), key) {
                Some((slot, kind, _)) => Place::Slot(env, slot, kind),
                None => Place::Nowhere,
            };
        }
        match base.as_object() {
            Some(object) if base == self.realms[self.realm as usize].lexical => {
                Place::Lexical(object)
            }
            Some(object) => Place::With(object),
            None => Place::Nowhere,
        }
    }

    fn read_name(&mut self, place: Place, key: PropKey, is_typeof: bool) -> Completion {
        let value = match place {
            Place::Slot(env, slot, BindingKind::Import) => imported(env.get(slot)),
            Place::Slot(env, slot, _) => env.get(slot),
            Place::With(object) => {
                if !self.has_property(object, key)? {
                    let code = self.running_code();
                    if code.is_some_and(|code| code.template().flags.strict) {
                        return Err(self.throw_undefined_name(key));
                    }
                    return Ok(Value::UNDEFINED);
                }
                return self.get_o(object, key);
            }
            Place::EvalVar(object) | Place::Lexical(object) | Place::Global(object) => {
                self.get_o(object, key)?
            }
            Place::Nowhere if is_typeof => Value::UNDEFINED,
            Place::Nowhere => return Err(self.throw_undefined_name(key)),
        };
        if value.is_hole() {
            Err(self.throw_tdz(key))
        } else {
            Ok(value)
        }
    }

    fn write_name(
        &mut self,
        place: Place,
        key: PropKey,
        value: Value,
        strict: bool,
    ) -> Completion<()> {
        match place {
            Place::Slot(env, slot, kind) => {
                if env.get(slot).is_hole() {
                    return Err(self.throw_tdz(key));
                }
                match kind {
                    BindingKind::FunctionName if !strict => {}
                    BindingKind::Const | BindingKind::FunctionName | BindingKind::Import => {
                        return Err(self.throw_type("Assignment to constant variable."));
                    }
                    BindingKind::Var | BindingKind::Let => env.set(slot, value),
                }
                Ok(())
            }
            Place::Lexical(record) => {
                if self.get_o(record, key)?.is_hole() {
                    return Err(self.throw_tdz(key));
                }
                if !self.set(record, key, value, record.into())? {
                    return Err(self.throw_type("Assignment to constant variable."));
                }
                Ok(())
            }
            Place::With(object) | Place::EvalVar(object) | Place::Global(object) => {
                // A `with` object is asked in any case, for who listens.
                let is_asked = strict || matches!(place, Place::With(_));
                if is_asked && !self.has_property(object, key)? && strict {
                    return Err(self.throw_undefined_name(key));
                }
                self.put(object, key, value, strict)
            }
            Place::Nowhere if strict => Err(self.throw_undefined_name(key)),
            Place::Nowhere => {
                let global = global_object(self);
                self.put(global, key, value, false)
            }
        }
    }

    fn delete_binding(&mut self, env: Value, key: PropKey) -> Completion<bool> {
        match self.find_name(env, key)? {
            Place::Slot(..) | Place::Lexical(_) => Ok(false),
            Place::With(object) | Place::EvalVar(object) | Place::Global(object) => {
                self.delete(object, key)
            }
            Place::Nowhere => Ok(true),
        }
    }

    /// Declares a variable of sloppy eval code in the variable environment around `env`.
    fn declare_eval_var(
        &mut self,
        env: Value,
        key: PropKey,
        function: Option<Value>,
    ) -> Completion<()> {
        let mut at = Env::from_value(env);
        while let Some(env) = at {
            let info = env.info();
            if let Some((slot, _, true)) = self.scope_slot(info, key) {
                if let Some(function) = function {
                    env.set(slot, function);
                }
                return Ok(());
            }
            if let Some(variables) = info.as_object().filter(|_| env.is_empty()) {
                if function.is_some() || !self.has_own(variables, key)? {
                    let value = function.unwrap_or(Value::UNDEFINED);
                    self.define_own(variables, key, &PropDesc::data(value, attr::ALL))?;
                }
                return Ok(());
            }
            at = env.parent();
        }
        match function {
            Some(function) => self.create_global_function(key, function, true),
            None => {
                let global = global_object(self);
                if !self.has_own(global, key)? {
                    self.define_or_throw(
                        global,
                        key,
                        &PropDesc::data(Value::UNDEFINED, attr::ALL),
                    )?;
                }
                Ok(())
            }
        }
    }
}

/// `GetName`
#[inline(never)]
pub(super) fn get_name(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let key = Vm::key_operand(pc);
    let result = vm
        .find_name(fp.get(pc.b()), key)
        .and_then(|place| vm.read_name(place, key, pc.x() & 2 != 0));
    vm.give(pc, fp, result)
}

/// `GetNameCall`
#[inline(never)]
pub(super) fn get_name_call(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let key = Vm::key_operand(pc);
    let result = vm.find_name(fp.get(pc.b()), key).and_then(|place| {
        let this = if let Place::With(object) = place {
            object.into()
        } else {
            Value::UNDEFINED
        };
        fp.set(pc.c(), this);
        vm.read_name(place, key, false)
    });
    vm.give(pc, fp, result)
}

/// `SetName`
#[inline(never)]
pub(super) fn set_name(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let key = Vm::key_operand(pc);
    let result = vm
        .find_name(fp.get(pc.b()), key)
        .and_then(|place| vm.write_name(place, key, fp.get(pc.a()), pc.x() & 1 != 0));
    vm.done(pc, fp, result)
}

/// `ResolveName`
#[inline(never)]
pub(super) fn resolve_name(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm
        .find_name(fp.get(pc.b()), Vm::key_operand(pc))
        .map(|place| match place {
            Place::Slot(env, ..) => env.into(),
            Place::With(object)
            | Place::EvalVar(object)
            | Place::Lexical(object)
            | Place::Global(object) => object.into(),
            Place::Nowhere => Value::UNDEFINED,
        });
    vm.give(pc, fp, result)
}

/// `GetRef`
#[inline(never)]
pub(super) fn get_ref(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let key = Vm::key_operand(pc);
    let place = vm.place_of_value(fp.get(pc.b()), key);
    let result = vm.read_name(place, key, pc.x() & 2 != 0);
    vm.give(pc, fp, result)
}

/// `SetRef`
#[inline(never)]
pub(super) fn set_ref(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let key = Vm::key_operand(pc);
    let place = vm.place_of_value(fp.get(pc.b()), key);
    let result = vm.write_name(place, key, fp.get(pc.a()), pc.x() & 1 != 0);
    vm.done(pc, fp, result)
}

/// `DeleteName`
#[inline(never)]
pub(super) fn delete_name(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm
        .delete_binding(fp.get(pc.b()), Vm::key_operand(pc))
        .map(Value::bool);
    vm.give(pc, fp, result)
}

/// `DeclareVar`
#[inline(never)]
pub(super) fn declare_var(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let function = (pc.x() & 2 != 0).then(|| fp.get(pc.a()));
    let result = vm.declare_eval_var(fp.get(pc.b()), Vm::key_operand(pc), function);
    vm.done(pc, fp, result)
}

/// `ImportCall`
#[inline(never)]
pub(super) fn import_call(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let referrer = fp.code().data().host_defined;
    let phase = match pc.x() {
        1 => ImportPhase::Source,
        2 => ImportPhase::Defer,
        _ => ImportPhase::Evaluation,
    };
    let result = match vm.host.import {
        Some(import) => import(vm, referrer, fp.get(pc.b()), fp.get(pc.c()), phase),
        None => Err(vm.throw_type("import() is not supported here")),
    };
    vm.give(pc, fp, result)
}

/// `ImportMeta`
#[inline(never)]
pub(super) fn import_meta(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let module = fp.code().data().host_defined;
    let result = match vm.host.import_meta {
        Some(meta) => meta(vm, module),
        None => Ok(vm.new_object_with_proto(Value::NULL).into()),
    };
    vm.give(pc, fp, result)
}

/// Direct eval of `source` in the scope that the instruction at `pc` names.
pub(super) fn direct_eval(vm: &mut Vm, pc: Pc, fp: Fp, source: Value) -> Completion<Called> {
    debug_assert!(pc.op() == Op::CallEval && fp.callee().kind() == Kind::Function);
    if !source.is_string() {
        return Ok(Called::Value(source));
    }
    let code = fp.code();
    let template = Arc::clone(&code.data().template);
    let Some(scope) = template.evals.get(pc.extra(1) as usize) else {
        return Ok(Called::Value(Value::UNDEFINED));
    };
    vm.ensure_can_compile_strings()?;
    vm.flatten_long(source)?;
    let (text, stand_ins) = match source.as_string() {
        Some(text) => vm.text_to_compile(text),
        None => Default::default(),
    };
    vm.ensure_source_room(&text)?;
    let source = Arc::new(Source {
        text,
        stand_ins,
        eval_origin: vm.eval_origin(),
        ..Source::default()
    });
    let strict = pc.x() & 1 != 0;
    let seen = Some(Arc::clone(scope));
    let compiled = match vm.compiling(|poll| compile_eval(source, seen, strict, poll)) {
        Ok(compiled) => compiled,
        Err(error) => return Err(vm.throw_compile_error(&error)),
    };
    let linked = vm.link(&compiled, code.realm(), code.data().host_defined);
    let function = vm.new_closure(linked, fp.get(scope.env_reg));
    vm.call_from_op(function.into(), fp.this(), &[], frame::WIDE)
}

impl Vm {
    /// The error that a text which does not compile throws.
    pub fn throw_compile_error(&mut self, error: &CompileError) -> Throw {
        match error.kind {
            CompileErrorKind::Range => self.throw_range(&error.message),
            CompileErrorKind::Syntax => self.throw_syntax(&error.message),
            CompileErrorKind::Stopped => Throw(Value::TERMINATION),
        }
    }
}
