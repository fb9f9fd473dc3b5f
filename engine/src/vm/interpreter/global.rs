//! Global names: `let`, `const` and `class` in the realm's lexical record, the rest on the global object.
//!
//! Both are objects of kind `Global`, whose changes of shape move the global epoch; a cached access compares only that.

use super::{
    exception::unwind,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{GlobalDeclarations, Op, Text},
    heap::{Kind, Obj},
    machine::{Completion, Throw, Vm},
    object::{Own, PropDesc, PropKey, Slot, attr},
    value::Value,
};

/// `GetGlobal`
#[inline(never)]
pub(super) fn get_global(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = read(vm, pc, Vm::key_operand(pc), pc.x() & 2 != 0);
    vm.give(pc, fp, result)
}

fn read(vm: &mut Vm, pc: Pc, key: PropKey, is_typeof: bool) -> Completion {
    if let Some((record, slot)) = lexical_slot(vm, key) {
        let value = record.slot(slot.slot);
        if value.is_hole() {
            return Err(throw_uninitialised(vm, key));
        }
        cache_get(vm, pc, record, slot);
        return Ok(value);
    }
    let global = global_object(vm);
    if global.kind() == Kind::Global
        && key.as_index().is_none()
        && let Some(slot) = vm.heap.shapes.lookup(global.shape(), key)
        && slot.attrs & attr::ACCESSOR == 0
    {
        cache_get(vm, pc, global, slot);
        return Ok(global.slot(slot.slot));
    }
    if vm.has_property(global, key)? {
        return vm.get_o(global, key);
    }
    if is_typeof {
        Ok(Value::UNDEFINED)
    } else {
        Err(vm.throw_undefined_name(key))
    }
}

fn cache_get(vm: &Vm, pc: Pc, holder: Obj, slot: Slot) {
    let (cell, offset) = holder.slot_place(slot.slot);
    pc.set_op(Op::GetGlobalSlot);
    pc.set_extra(2, vm.heap.shapes.global_epoch);
    pc.set_extra(3, cell.addr() + offset as u64);
}

/// `SetGlobal`
#[inline(never)]
pub(super) fn set_global(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = write(vm, pc, Vm::key_operand(pc), fp.get(pc.a()), pc.x() & 1 != 0);
    vm.done(pc, fp, result)
}

fn write(vm: &mut Vm, pc: Pc, key: PropKey, value: Value, strict: bool) -> Completion<()> {
    if let Some((record, slot)) = lexical_slot(vm, key) {
        if record.slot(slot.slot).is_hole() {
            return Err(throw_uninitialised(vm, key));
        }
        if slot.attrs & attr::W == 0 {
            return Err(vm.throw_type("Assignment to constant variable."));
        }
        cache_set(vm, pc, record, slot);
        record.set_slot(slot.slot, value);
        return Ok(());
    }
    let global = global_object(vm);
    if global.kind() == Kind::Global
        && key.as_index().is_none()
        && let Some(slot) = vm.heap.shapes.lookup(global.shape(), key)
        && slot.attrs & (attr::ACCESSOR | attr::W) == attr::W
    {
        cache_set(vm, pc, global, slot);
        global.set_slot(slot.slot, value);
        return Ok(());
    }
    if strict && !vm.has_property(global, key)? {
        return Err(vm.throw_undefined_name(key));
    }
    if is_hosts(global) {
        // What the host's object refuses is told as of any global object.
        if !vm.set(global, key, value, global.into())? && strict {
            let name = vm.display_key(key);
            return Err(vm.throw_type(format!(
                "Cannot assign to read only property '{name}' of object '#<Object>'"
            )));
        }
        return Ok(());
    }
    vm.put(global, key, value, strict)
}

fn cache_set(vm: &Vm, pc: Pc, holder: Obj, slot: Slot) {
    let (cell, offset) = holder.slot_place(slot.slot);
    if offset <= usize::from(u16::MAX) {
        pc.set_op(Op::SetGlobalSlot);
        pc.set_extra(2, vm.heap.shapes.global_epoch);
        pc.set_extra(3, cell.addr() | (offset as u64) << 48);
    }
}

/// The lexical record's slot for a name.
fn lexical_slot(vm: &mut Vm, key: PropKey) -> Option<(Obj, Slot)> {
    let record = vm.realms[vm.realm as usize].lexical.as_object()?;
    let slot = vm.heap.shapes.lookup(record.shape(), key)?;
    Some((record, slot))
}

/// The global object of the current realm.
pub(super) fn global_object(vm: &Vm) -> Obj {
    match vm.realms[vm.realm as usize].global.as_object() {
        Some(global) => global,
        None => unreachable!("a realm has its global object before code runs in it"),
    }
}

/// Is it a global object that the host made? A `Proxy` could not take properties that may not be deleted.
fn is_hosts(global: Obj) -> bool {
    global.kind() == Kind::Proxy
}

fn throw_uninitialised(vm: &mut Vm, key: PropKey) -> Throw {
    let name = vm.display_key(key);
    vm.throw_reference(format!("Cannot access '{name}' before initialization"))
}

/// `InitGlobalLex`
#[inline(never)]
pub(super) fn init_lexical(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    if let Some((record, slot)) = lexical_slot(vm, Vm::key_operand(pc)) {
        record.set_slot(slot.slot, fp.get(pc.a()));
    }
    Go::next(pc, fp)
}

/// `DeclareGlobals`
#[cold]
#[inline(never)]
pub(super) fn declare(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let template = std::sync::Arc::clone(&fp.code().data().template);
    let result = match template.globals.get(pc.extra(1) as usize) {
        Some(declarations) => vm.declare_globals(declarations, pc.x() & 1 != 0),
        None => Ok(()),
    };
    vm.done(pc, fp, result)
}

/// `DefineGlobalFunc`: `CreateGlobalFunctionBinding`.
#[cold]
#[inline(never)]
pub(super) fn define_function(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = vm.create_global_function(Vm::key_operand(pc), fp.get(pc.a()), pc.x() & 1 != 0);
    match result {
        Ok(()) => Go::next(pc, fp),
        Err(throw) => unwind(vm, throw),
    }
}

impl Vm {
    /// `ReferenceError`: x is not defined
    #[cold]
    pub(super) fn throw_undefined_name(&mut self, key: PropKey) -> Throw {
        let name = self.display_key(key);
        self.throw_reference(format!("{name} is not defined"))
    }

    fn name_key(&mut self, name: &Text) -> PropKey {
        let atom = self.text_atom(name);
        self.heap.key_of_str(atom)
    }

    /// `GlobalDeclarationInstantiation`, the functions' values aside. `is_eval`: `EvalDeclarationInstantiation`, whose
    /// variables may be deleted.
    fn declare_globals(
        &mut self,
        declarations: &GlobalDeclarations,
        is_eval: bool,
    ) -> Completion<()> {
        let global = global_object(self);
        for name in declarations.lets.iter().chain(&declarations.consts) {
            let key = self.name_key(name);
            let restricted = matches!(self.own_property(global, key)?, Own::Data(_, attrs) | Own::Accessor(_, _, attrs) if attrs & attr::C == 0);
            if lexical_slot(self, key).is_some() || restricted {
                return Err(self.throw_redeclared(key));
            }
        }
        for name in declarations.vars.iter().chain(&declarations.functions) {
            let key = self.name_key(name);
            if lexical_slot(self, key).is_some() {
                return Err(self.throw_redeclared(key));
            }
        }
        for name in &declarations.functions {
            let key = self.name_key(name);
            if !self.can_declare_function(global, key)? {
                let name = self.display_key(key);
                return Err(self.throw_type(format!(
                    "Identifier '{name}' cannot be declared as a function"
                )));
            }
        }
        for name in &declarations.vars {
            let key = self.name_key(name);
            if !self.has_own(global, key)? && !self.is_extensible(global)? {
                let name = self.display_key(key);
                return Err(self.throw_type(format!(
                    "Identifier '{name}' cannot be declared, the global object is not extensible"
                )));
            }
        }
        for name in &declarations.annex_b {
            let key = self.name_key(name);
            if lexical_slot(self, key).is_none() && self.can_declare_function(global, key)? {
                self.create_global_var(global, key, is_eval)?;
            }
        }
        for name in &declarations.vars {
            let key = self.name_key(name);
            self.create_global_var(global, key, is_eval)?;
        }
        let Some(record) = self.realms[self.realm as usize].lexical.as_object() else {
            return Ok(());
        };
        for (names, attrs) in [(&declarations.lets, attr::W), (&declarations.consts, 0)] {
            for name in names {
                let key = self.name_key(name);
                self.add_own(record, key, Value::HOLE, attrs);
            }
        }
        Ok(())
    }

    fn throw_redeclared(&mut self, key: PropKey) -> Throw {
        let name = self.display_key(key);
        self.throw_syntax(format!("Identifier '{name}' has already been declared"))
    }

    /// `CanDeclareGlobalFunction`
    fn can_declare_function(&mut self, global: Obj, key: PropKey) -> Completion<bool> {
        Ok(match self.own_property(global, key)? {
            Own::None => self.is_extensible(global)?,
            Own::Data(_, attrs) => {
                attrs & attr::C != 0 || attrs & (attr::W | attr::E) == attr::W | attr::E
            }
            Own::Accessor(_, _, attrs) => attrs & attr::C != 0,
        })
    }

    /// `CreateGlobalVarBinding`
    fn create_global_var(&mut self, global: Obj, key: PropKey, deletable: bool) -> Completion<()> {
        if !self.has_own(global, key)? && self.is_extensible(global)? {
            let attrs = if deletable || is_hosts(global) {
                attr::ALL
            } else {
                attr::W | attr::E
            };
            self.define_or_throw(global, key, &PropDesc::data(Value::UNDEFINED, attrs))?;
        }
        Ok(())
    }

    /// `CreateGlobalFunctionBinding`
    pub(super) fn create_global_function(
        &mut self,
        key: PropKey,
        value: Value,
        deletable: bool,
    ) -> Completion<()> {
        let global = global_object(self);
        let desc = match self.own_property(global, key)? {
            Own::Data(_, attrs) | Own::Accessor(_, _, attrs) if attrs & attr::C == 0 => PropDesc {
                value: Some(value),
                ..PropDesc::default()
            },
            _ => PropDesc::data(
                value,
                if deletable || is_hosts(global) {
                    attr::ALL
                } else {
                    attr::W | attr::E
                },
            ),
        };
        self.define_or_throw(global, key, &desc)?;
        self.put(global, key, value, false)
    }
}
