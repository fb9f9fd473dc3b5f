//! The scope walk's uses: which binding a name means, who captures it, whether the use must check for the hole.

use super::analysis::{Top, Walker};
use super::scope::{FuncForm, NONE, ScopeKind, SymbolKind};

impl<'a> Walker<'a> {
    /// A use of `symbol` at `pos` in the current function; must it check for the hole?
    fn touch(&mut self, symbol: u32, pos: u32, write: bool) -> bool {
        let owner = self.out.func_of(symbol);
        let depth = self.out.scopes[self.out.symbols[symbol as usize].scope as usize].depth;
        if owner != self.func {
            let level = self.out.funcs[owner as usize].depth;
            let info = &mut self.out.funcs[self.func as usize];
            info.outer_level = info.outer_level.min(level);
        }
        let check = self.needs_check(symbol, owner, pos);
        let entry = &mut self.out.symbols[symbol as usize];
        entry.captured |= owner != self.func || self.withs.last().is_some_and(|&with| depth < with);
        entry.needs_hole |= check;
        entry.referenced = true;
        entry.first_use = entry.first_use.min(pos);
        if write {
            entry.assigned = true;
            self.out.assigns.push((symbol, pos));
        }
        check
    }

    fn needs_check(&self, symbol: u32, owner: u32, pos: u32) -> bool {
        let entry = &self.out.symbols[symbol as usize];
        match entry.kind {
            SymbolKind::Let | SymbolKind::Const | SymbolKind::Class => {}
            SymbolKind::Param if self.out.funcs[owner as usize].param_exprs => {}
            _ => return false,
        }
        if self.class_heads.contains(&symbol) {
            return true;
        }
        if owner == self.func {
            return pos < entry.init_end
                || (entry.kind != SymbolKind::Param
                    && self.out.scopes[entry.scope as usize].kind == ScopeKind::Switch);
        }
        if self.out.scopes[entry.scope as usize].kind == ScopeKind::Switch {
            return true;
        }
        let mut func = self.func;
        while self.out.funcs[func as usize].parent != owner {
            func = self.out.funcs[func as usize].parent;
        }
        self.out.funcs[func as usize].creation < entry.init_end
    }

    /// Resolves a name used at `pos`.
    pub(super) fn resolve(&mut self, name: &'a str, pos: u32, write: bool) -> (u32, bool) {
        let mut symbol = self.names.get(name).copied().unwrap_or(NONE);
        if name == "arguments" {
            self.check_arguments(pos);
            symbol = self.resolve_arguments(symbol, true);
        }
        if symbol == NONE {
            return (NONE, false);
        }
        let check = self.touch(symbol, pos, write);
        (symbol, check)
    }

    /// `arguments` found as `found`: the function's own, made on first use.
    fn resolve_arguments(&mut self, found: u32, escape: bool) -> u32 {
        let home = self.out.home_of(self.func);
        let info = &self.out.funcs[home as usize];
        if matches!(info.form, FuncForm::Toplevel | FuncForm::Initializer) {
            return found;
        }
        if found != NONE && found != info.arguments_sym {
            let owner = &self.out.funcs[self.out.func_of(found) as usize];
            if owner.depth >= info.depth {
                return found;
            }
        }
        let (scope, own) = (info.scope, info.arguments_sym);
        let symbol = if own == NONE {
            self.out.add_symbol(scope, "arguments", SymbolKind::Var)
        } else {
            own
        };
        let info = &mut self.out.funcs[home as usize];
        info.arguments_sym = symbol;
        info.arguments_escape |= escape;
        symbol
    }

    /// Resolves `#name`.
    pub(super) fn resolve_private(&mut self, name: &'a str, pos: u32) -> u32 {
        let symbol = self.privates.get(name).copied().unwrap_or(NONE);
        if symbol != NONE {
            self.touch(symbol, pos, false);
        }
        symbol
    }

    /// A use of `this`.
    pub(super) fn use_this(&mut self, pos: u32) {
        let home = self.out.home_of(self.func);
        self.out.funcs[home as usize].uses_this = true;
        if home != self.func {
            let known = self.out.funcs[home as usize].this_sym;
            let symbol = self.pseudo(home, known, "this");
            self.out.funcs[home as usize].this_sym = symbol;
            self.touch(symbol, pos, false);
        }
    }

    pub(super) fn use_new_target(&mut self, pos: u32) {
        let home = self.out.home_of(self.func);
        if home != self.func {
            let known = self.out.funcs[home as usize].new_target_sym;
            let symbol = self.pseudo(home, known, "new.target");
            self.out.funcs[home as usize].new_target_sym = symbol;
            self.touch(symbol, pos, false);
        }
    }

    /// A use of the running function: for its home object or its parent constructor.
    pub(super) fn use_callee(&mut self, pos: u32) {
        let home = self.out.home_of(self.func);
        if home != self.func {
            let known = self.out.funcs[home as usize].callee_sym;
            let symbol = self.pseudo(home, known, "%callee");
            self.out.funcs[home as usize].callee_sym = symbol;
            self.touch(symbol, pos, false);
        }
    }

    fn pseudo(&mut self, home: u32, known: u32, name: &'static str) -> u32 {
        if known != NONE {
            return known;
        }
        let scope = self.out.funcs[home as usize].scope;
        let symbol = self.out.add_symbol(scope, name, SymbolKind::Pseudo);
        self.out.symbols[symbol as usize].captured = true;
        symbol
    }

    /// A direct eval: everything in sight may be used by name.
    pub(super) fn use_eval(&mut self) {
        self.out.dynamic = true;
        self.out.scopes[self.scope as usize].has_eval = true;
        self.out.funcs[self.func as usize].has_eval = true;
        let home = self.out.home_of(self.func);
        let info = &self.out.funcs[home as usize];
        let (form, scope) = (info.form, info.scope);
        if form == FuncForm::Toplevel && matches!(self.top, Top::Module) {
            return;
        }
        self.out.funcs[home as usize].uses_this = true;
        let known = self.out.funcs[home as usize].this_sym;
        self.out.funcs[home as usize].this_sym = self.pseudo(home, known, "this");
        if form == FuncForm::Toplevel {
            return;
        }
        let known = self.out.funcs[home as usize].new_target_sym;
        self.out.funcs[home as usize].new_target_sym = self.pseudo(home, known, "new.target");
        let known = self.out.funcs[home as usize].callee_sym;
        self.out.funcs[home as usize].callee_sym = self.pseudo(home, known, "%callee");
        self.out.funcs[home as usize].uses_home |= matches!(
            form,
            FuncForm::Method
                | FuncForm::BaseConstructor
                | FuncForm::DerivedConstructor
                | FuncForm::Initializer
        );
        if form != FuncForm::Initializer {
            let found = self.names.get("arguments").copied().unwrap_or(NONE);
            let symbol = self.resolve_arguments(found, true);
            if symbol != NONE && self.out.symbols[symbol as usize].scope == scope {
                self.out.symbols[symbol as usize].referenced = true;
            }
        }
    }

    pub(super) fn resolve_with(
        &mut self,
        name: &'a str,
        pos: u32,
        write: bool,
        escape: bool,
    ) -> (u32, bool) {
        self.check_arguments(pos);
        let symbol = self.visible(name);
        let symbol = self.resolve_arguments(symbol, escape);
        if symbol == NONE {
            return (NONE, false);
        }
        (symbol, self.touch(symbol, pos, write))
    }
}
