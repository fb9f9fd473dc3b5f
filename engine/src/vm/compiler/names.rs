//! Names: where a variable is found, how it is read, written and initialised.

use std::sync::Arc;

use oxc_ast::ast::IdentifierReference;

use super::analysis::Top;
use super::emitter::text_of;
use super::error::CompileError;
use super::function::{Gen, Reg, Res};
use super::scope::{FuncForm, NONE, Place, ScopeKind, SymbolKind, get_reference};
use crate::vm::bytecode::{BindingKind, Op, ScopeBinding, ScopeInfo};

/// What a name means at some place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A binding of this source.
    Symbol(u32),
    /// A binding that eval code sees.
    External {
        depth: u32,
        slot: u16,
        kind: BindingKind,
    },
    /// A global variable.
    Global,
    /// Only run time can tell: `with` or sloppy direct eval intervenes.
    Dynamic,
}

/// A name in use: what it means, its text, whether the use must check for the hole, where it stands.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    pub(super) name: Name,
    pub(super) text: &'a str,
    pub(super) check: bool,
    pub(super) pos: u32,
}

impl<'a> Gen<'a, '_> {
    /// Does a function have an environment for variables that sloppy direct eval adds?
    pub(super) fn has_var_env(&self, func: u32) -> bool {
        let info = &self.unit.analysis.funcs[func as usize];
        info.has_eval && !info.strict && info.form != FuncForm::Toplevel
    }

    /// What an identifier means here.
    pub(super) fn use_of(&self, id: &IdentifierReference<'a>) -> Use<'a> {
        let (symbol, check) = get_reference(&id.reference_id);
        Use {
            name: self.find(symbol, id.name.as_str()),
            text: id.name.as_str(),
            check,
            pos: id.span.start,
        }
    }

    /// What a name means here, whose symbol (if any) the scope walk found.
    pub(super) fn find(&self, symbol: u32, text: &str) -> Name {
        let analysis = &self.unit.analysis;
        let target = if symbol == NONE {
            NONE
        } else {
            analysis.symbols[symbol as usize].scope
        };
        let mut levels = 0;
        if analysis.dynamic || self.unit.external.is_some() {
            let mut scope = self.scope;
            let mut func = self.func;
            while scope != target && scope != NONE {
                let entry = &analysis.scopes[scope as usize];
                if entry.kind == ScopeKind::With {
                    return Name::Dynamic;
                }
                levels += u32::from(entry.has_env && entry.func != self.func);
                if scope == analysis.funcs[func as usize].scope {
                    if self.has_var_env(func) {
                        return Name::Dynamic;
                    }
                    func = analysis.funcs[func as usize].parent;
                }
                scope = entry.parent;
            }
        }
        if symbol != NONE {
            return Name::Symbol(symbol);
        }
        self.find_external(levels, text)
    }

    fn find_external(&self, levels: u32, text: &str) -> Name {
        let Some(external) = self.unit.external else {
            return Name::Global;
        };
        let key = text_of(text);
        for (index, info) in external.scopes.iter().enumerate() {
            let Some(info) = info else {
                return Name::Dynamic;
            };
            if let Some(binding) = info.bindings.iter().find(|binding| binding.name == key) {
                return Name::External {
                    depth: levels + index as u32,
                    slot: binding.slot,
                    kind: binding.kind,
                };
            }
        }
        Name::Global
    }

    /// The register and distance of the environment of `scope`.
    pub(super) fn env_path(&self, scope: u32) -> Res<(Reg, u8)> {
        let analysis = &self.unit.analysis;
        if analysis.scopes[scope as usize].func == self.func {
            return Ok((analysis.scopes[scope as usize].env_reg.get(), 0));
        }
        let mut depth = 0;
        let mut at = analysis.scopes[self.info().scope as usize].parent;
        while at != scope && at != NONE {
            depth += self.levels_of(at);
            at = analysis.scopes[at as usize].parent;
        }
        Ok((self.callee_env.unwrap_or(0), depth_of(depth)?))
    }

    /// How many environments a scope makes.
    fn levels_of(&self, scope: u32) -> u32 {
        let analysis = &self.unit.analysis;
        let entry = &analysis.scopes[scope as usize];
        let var_env =
            analysis.funcs[entry.func as usize].scope == scope && self.has_var_env(entry.func);
        u32::from(entry.has_env) + u32::from(var_env)
    }

    /// The innermost environment, as a register.
    pub(super) fn current_env(&mut self) -> Res<Reg> {
        let analysis = &self.unit.analysis;
        let mut scope = self.scope;
        while scope != NONE && analysis.scopes[scope as usize].func == self.func {
            let entry = &analysis.scopes[scope as usize];
            if entry.has_env && !(self.is_module_top() && entry.parent == NONE) {
                return Ok(entry.env_reg.get());
            }
            scope = entry.parent;
        }
        self.outer_env()
    }

    /// The environment around the function's own ones.
    fn outer_env(&mut self) -> Res<Reg> {
        if let Some(reg) = self.var_env.or(self.callee_env) {
            return Ok(reg);
        }
        let reg = self.temp()?;
        self.code.emit(Op::CalleeEnv, 0, reg, 0, 0);
        Ok(reg)
    }

    /// Makes the environment of `scope`; it becomes the innermost one. Its register stays taken.
    pub(super) fn new_env(&mut self, scope: u32) -> Res<()> {
        let analysis = &self.unit.analysis;
        let reg = self.temp()?;
        let mark = self.next;
        let inside = std::mem::replace(&mut self.scope, analysis.scopes[scope as usize].parent);
        let outer = if analysis.funcs[self.func as usize].scope == scope {
            self.outer_env()?
        } else {
            self.current_env()?
        };
        self.scope = inside;
        self.free(mark);
        analysis.scopes[scope as usize].env_reg.set(reg);
        self.fill_env(scope, reg, outer)
    }

    /// Emits the `NewEnv` of `scope` into `reg`.
    pub(super) fn fill_env(&mut self, scope: u32, reg: Reg, outer: Reg) -> Res<()> {
        let analysis = &self.unit.analysis;
        let slots = analysis.scopes[scope as usize].slots;
        let slots =
            u16::try_from(slots).map_err(|_| CompileError::range("too many captured variables"))?;
        let mut holes = Vec::new();
        let mut var = false;
        for symbol in analysis.symbols_of(scope) {
            let entry = &analysis.symbols[symbol as usize];
            if !entry.captured {
                continue;
            }
            if self.starts_as_hole(symbol) {
                holes.push(symbol);
            } else {
                var |= entry.kind == SymbolKind::Var;
            }
        }
        let all = !holes.is_empty() && !var;
        let info = self.scope_info(scope);
        self.code
            .emit_w1(Op::NewEnv, u8::from(all), reg, outer, slots as i16, info);
        if !all && !holes.is_empty() {
            let mark = self.next;
            let hole = self.temp()?;
            self.code.emit(Op::LoadHole, 0, hole, 0, 0);
            for symbol in holes {
                self.store_symbol(symbol, hole)?;
            }
            self.free(mark);
        }
        Ok(())
    }

    /// Must the binding hold the hole until it is initialised?
    pub(super) fn starts_as_hole(&self, symbol: u32) -> bool {
        let entry = &self.unit.analysis.symbols[symbol as usize];
        let by_eval = self.unit.analysis.scopes[entry.scope as usize].has_eval;
        entry.needs_hole || ((by_eval || self.is_exported(symbol)) && entry.is_lexical())
    }

    fn is_exported(&self, symbol: u32) -> bool {
        let entry = &self.unit.analysis.symbols[symbol as usize];
        entry.scope == 0 && entry.captured && matches!(self.unit.top, Top::Module)
    }

    /// `NewEnv`'s data word: the scope's names where something may look them up.
    fn scope_info(&mut self, scope: u32) -> u64 {
        if !self.unit.analysis.dynamic {
            return 0;
        }
        let info = Arc::new(self.describe(scope));
        self.scopes.push(info);
        self.scopes.len() as u64
    }

    /// The names of a scope's environment.
    pub(super) fn describe(&self, scope: u32) -> ScopeInfo {
        let analysis = &self.unit.analysis;
        let mut bindings = Vec::new();
        for symbol in analysis.symbols_of(scope) {
            let entry = &analysis.symbols[symbol as usize];
            let Place::Slot(slot) = entry.place.get() else {
                continue;
            };
            let name = match entry.kind {
                SymbolKind::Stored => continue,
                SymbolKind::Private => text_of(&format!("#{}", entry.name)),
                _ => text_of(entry.name),
            };
            // A parameter hides the function's own name.
            if entry.kind == SymbolKind::FunctionName
                && analysis.symbols_of(scope).any(|other| {
                    other != symbol && analysis.symbols[other as usize].name == entry.name
                })
            {
                continue;
            }
            let kind = match entry.kind {
                SymbolKind::Let | SymbolKind::Class => BindingKind::Let,
                SymbolKind::Const => BindingKind::Const,
                SymbolKind::BlockFunction => BindingKind::Let,
                SymbolKind::FunctionName => BindingKind::FunctionName,
                SymbolKind::Import => BindingKind::Import,
                _ => BindingKind::Var,
            };
            bindings.push(ScopeBinding { name, slot, kind });
        }
        let func = analysis.scopes[scope as usize].func;
        let info = &analysis.funcs[func as usize];
        ScopeInfo {
            bindings,
            is_var_scope: scope == info.body_scope
                && (info.form != FuncForm::Toplevel || info.strict),
        }
    }

    // ---- initialising

    /// Writes a binding without any check: its initialisation.
    pub(super) fn store_symbol(&mut self, symbol: u32, value: Reg) -> Res<()> {
        let entry = &self.unit.analysis.symbols[symbol as usize];
        match entry.place.get() {
            Place::Reg(reg) => self.mov(reg, value),
            Place::Slot(slot) => {
                let (env, depth) = self.env_path(entry.scope)?;
                self.code.emit(Op::SetEnv, depth, value, env, slot as i16);
            }
            Place::None => {
                let reg = self.temp()?;
                entry.place.set(Place::Reg(reg));
                self.mov(reg, value);
            }
        }
        Ok(())
    }

    /// The register of a binding that lives in one.
    pub(super) fn register_of(&self, symbol: u32) -> Option<Reg> {
        match self.unit.analysis.symbols.get(symbol as usize)?.place.get() {
            Place::Reg(reg) if self.unit.analysis.func_of(symbol) == self.func => Some(reg),
            _ => None,
        }
    }

    /// Gives the scope's uncaptured symbols registers and makes its environment.
    pub(super) fn enter_scope(&mut self, scope: u32) -> Res<()> {
        let analysis = &self.unit.analysis;
        self.scope = scope;
        if analysis.scopes[scope as usize].has_env {
            self.new_env(scope)?;
        }
        for symbol in analysis.symbols_of(scope) {
            let entry = &analysis.symbols[symbol as usize];
            if entry.captured {
                continue;
            }
            let reg = self.temp()?;
            entry.place.set(Place::Reg(reg));
            if self.starts_as_hole(symbol) {
                self.code.emit(Op::LoadHole, 0, reg, 0, 0);
            }
        }
        Ok(())
    }

    // ---- reading

    /// The value of a binding; the register of a local one itself unless `want` says otherwise.
    pub(super) fn load_symbol(
        &mut self,
        used: Use<'a>,
        symbol: u32,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let entry = &self.unit.analysis.symbols[symbol as usize];
        match entry.place.get() {
            Place::Slot(slot) => {
                let (env, depth) = self.env_path(entry.scope)?;
                let dst = self.or_temp(want)?;
                if entry.kind == SymbolKind::Import {
                    self.code.at(used.pos);
                    let key = self.code.name(used.text);
                    self.code
                        .emit_w1(Op::GetImport, depth, dst, env, slot as i16, key);
                } else if used.check {
                    self.code.at(used.pos);
                    let key = self.code.name(used.text);
                    self.code
                        .emit_w1(Op::GetEnvCheck, depth, dst, env, slot as i16, key);
                } else {
                    self.code.emit(Op::GetEnv, depth, dst, env, slot as i16);
                }
                Ok(dst)
            }
            Place::Reg(reg) => {
                if used.check {
                    self.check_hole(reg, used);
                }
                Ok(self.deliver(want, reg))
            }
            Place::None => {
                let reg = self.or_temp(want)?;
                self.code.emit(Op::LoadUndef, 0, reg, 0, 0);
                Ok(reg)
            }
        }
    }

    fn check_hole(&mut self, reg: Reg, used: Use<'a>) {
        self.code.at(used.pos);
        let key = self.code.name(used.text);
        self.code.emit_w1(Op::CheckTdz, 0, reg, 0, 0, key);
    }

    /// The value of a name. `type_of`: a missing one is `undefined`.
    pub(super) fn load_name(
        &mut self,
        used: Use<'a>,
        type_of: bool,
        want: Option<Reg>,
    ) -> Res<Reg> {
        match used.name {
            Name::Symbol(symbol) => self.load_symbol(used, symbol, want),
            Name::External { depth, slot, kind } => {
                let env = self.callee_env.unwrap_or(0);
                let depth = depth_of(depth)?;
                let dst = self.or_temp(want)?;
                let key = self.code.name(used.text);
                self.code.at(used.pos);
                match kind {
                    BindingKind::Import => {
                        self.code
                            .emit_w1(Op::GetImport, depth, dst, env, slot as i16, key);
                    }
                    BindingKind::Let | BindingKind::Const => {
                        self.code
                            .emit_w1(Op::GetEnvCheck, depth, dst, env, slot as i16, key);
                    }
                    _ => {
                        self.code.emit(Op::GetEnv, depth, dst, env, slot as i16);
                    }
                }
                Ok(dst)
            }
            Name::Global => {
                let dst = self.or_temp(want)?;
                if used.text == "undefined" {
                    self.code.emit(Op::LoadUndef, 0, dst, 0, 0);
                    return Ok(dst);
                }
                self.code.at(used.pos);
                let key = self.code.name(used.text);
                let flags = self.strict_flag() | u8::from(type_of) << 1;
                self.code.emit_w1(Op::GetGlobal, flags, dst, 0, 0, key);
                Ok(dst)
            }
            Name::Dynamic => {
                let dst = self.or_temp(want)?;
                let mark = self.next;
                let env = self.current_env()?;
                self.code.at(used.pos);
                let key = self.code.name(used.text);
                let flags = self.strict_flag() | u8::from(type_of) << 1;
                self.code.emit_w1(Op::GetName, flags, dst, env, 0, key);
                self.free(mark.max(i32::from(dst) + 1));
                Ok(dst)
            }
        }
    }

    // ---- assigning

    /// Assigns to a name: checks for the hole and for constants.
    pub(super) fn assign_name(&mut self, used: Use<'a>, value: Reg) -> Res<()> {
        match used.name {
            Name::Symbol(symbol) => self.assign_symbol(used, symbol, value),
            Name::External { depth, slot, kind } => {
                self.assign_external(used, depth, slot, kind, value)
            }
            Name::Global => {
                self.code.at(used.pos);
                let key = self.code.name(used.text);
                let flags = self.strict_flag();
                self.code.emit_w1(Op::SetGlobal, flags, value, 0, 0, key);
                Ok(())
            }
            Name::Dynamic => {
                let mark = self.next;
                let env = self.current_env()?;
                self.code.at(used.pos);
                let key = self.code.name(used.text);
                let flags = self.strict_flag();
                self.code.emit_w1(Op::SetName, flags, value, env, 0, key);
                self.free(mark);
                Ok(())
            }
        }
    }

    fn assign_symbol(&mut self, used: Use<'a>, symbol: u32, value: Reg) -> Res<()> {
        let entry = &self.unit.analysis.symbols[symbol as usize];
        match entry.kind {
            SymbolKind::Const | SymbolKind::Import => {
                if used.check {
                    let mark = self.next;
                    self.load_symbol(used, symbol, None)?;
                    self.free(mark);
                }
                return self.throw_const(used);
            }
            SymbolKind::FunctionName if self.strict() => return self.throw_const(used),
            SymbolKind::FunctionName => return Ok(()),
            _ => {}
        }
        match entry.place.get() {
            Place::Slot(slot) => {
                let (env, depth) = self.env_path(entry.scope)?;
                if used.check {
                    self.code.at(used.pos);
                    let key = self.code.name(used.text);
                    self.code
                        .emit_w1(Op::SetEnvCheck, depth, value, env, slot as i16, key);
                } else {
                    self.code.emit(Op::SetEnv, depth, value, env, slot as i16);
                }
            }
            Place::Reg(reg) => {
                if used.check {
                    self.check_hole(reg, used);
                }
                self.mov(reg, value);
            }
            Place::None => {}
        }
        Ok(())
    }

    fn assign_external(
        &mut self,
        used: Use<'a>,
        depth: u32,
        slot: u16,
        kind: BindingKind,
        value: Reg,
    ) -> Res<()> {
        let env = self.callee_env.unwrap_or(0);
        let at = depth_of(depth)?;
        match kind {
            BindingKind::Const => {
                let mark = self.next;
                self.load_name(used, false, None)?;
                self.free(mark);
                self.throw_const(used)
            }
            BindingKind::Import => self.throw_const(used),
            BindingKind::FunctionName if self.strict() => self.throw_const(used),
            BindingKind::FunctionName => Ok(()),
            BindingKind::Let => {
                self.code.at(used.pos);
                let key = self.code.name(used.text);
                self.code
                    .emit_w1(Op::SetEnvCheck, at, value, env, slot as i16, key);
                Ok(())
            }
            BindingKind::Var => {
                self.code.emit(Op::SetEnv, at, value, env, slot as i16);
                Ok(())
            }
        }
    }

    fn throw_const(&mut self, used: Use<'a>) -> Res<()> {
        self.code.at(used.pos);
        let key = self.code.name(used.text);
        self.code.emit_w1(Op::ThrowConst, 0, 0, 0, 0, key);
        Ok(())
    }

    /// The register that an assignment to this name may compute its value in directly.
    pub(super) fn direct_target(&self, used: Use<'a>) -> Option<Reg> {
        let Name::Symbol(symbol) = used.name else {
            return None;
        };
        let entry = &self.unit.analysis.symbols[symbol as usize];
        if used.check
            || matches!(
                entry.kind,
                SymbolKind::Const | SymbolKind::Import | SymbolKind::FunctionName
            )
        {
            return None;
        }
        self.register_of(symbol)
    }
}

/// A distance between environments as the format holds it.
pub(super) fn depth_of(depth: u32) -> Res<u8> {
    u8::try_from(depth).map_err(|_| CompileError::range("functions nested too deep"))
}
