//! What the scope walk finds out: scopes, bindings, functions and classes, each known by a number.
//!
//! The numbers travel in the syntax tree's own cells: an identifier's `reference_id` or `symbol_id` names a [`Symbol`], a
//! block's `scope_id` a [`Scope`], a function's a [`FuncInfo`], a class's a [`ClassInfo`].

use std::cell::Cell;

use oxc_syntax::{reference::ReferenceId, scope::ScopeId, symbol::SymbolId};
use rustc_hash::FxHashMap;

/// No scope, symbol or function.
pub(super) const NONE: u32 = u32::MAX;

/// What opened a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    /// Parameters and, unless they hold expressions, the body of a function; also a whole script, eval or module.
    Function,
    /// The body of a function whose parameters hold expressions.
    Body,
    /// A block, loop head, catch clause or static block.
    Block,
    /// A `switch` body: a jump may pass over its declarations.
    Switch,
    /// A class: its inner name, private names and stored keys.
    Class,
    /// A `with` body.
    With,
}

/// A scope.
#[derive(Debug)]
pub(super) struct Scope {
    /// The scope around it, or [`NONE`].
    pub(super) parent: u32,
    /// The function that it is part of.
    pub(super) func: u32,
    /// How many scopes are around it.
    pub(super) depth: u32,
    /// What opened it.
    pub(super) kind: ScopeKind,
    /// Its first symbol, or [`NONE`].
    pub(super) first: u32,
    last: u32,
    /// How many of its symbols live in its environment.
    pub(super) slots: u32,
    /// Does it have an environment at run time?
    pub(super) has_env: bool,
    /// Does a direct eval see it?
    pub(super) has_eval: bool,
    /// The register that holds its environment while its function is compiled.
    pub(super) env_reg: Cell<i16>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SymbolKind {
    Var,
    Param,
    Let,
    Const,
    Class,
    /// A function declaration in a block.
    BlockFunction,
    Catch,
    /// The own name of a function expression.
    FunctionName,
    Import,
    /// `this`, `new.target`, the callee, of a function that arrows or eval look into.
    Pseudo,
    /// A private name.
    Private,
    /// A value that class definition evaluation keeps for field initialisers.
    Stored,
}

/// Where a symbol lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Not decided yet.
    None,
    /// A register of its function.
    Reg(i16),
    /// A slot of its scope's environment.
    Slot(u16),
}

/// A binding.
#[derive(Debug)]
pub(super) struct Symbol<'a> {
    /// Its name; private names without `#`.
    pub(super) name: &'a str,
    /// Its scope.
    pub(super) scope: u32,
    /// The next symbol of the same scope.
    pub(super) next: u32,
    shadowed: u32,
    /// What it is.
    pub(super) kind: SymbolKind,
    /// An inner function, a `with` body or an eval uses it.
    pub(super) captured: bool,
    /// Some use must check for the hole.
    pub(super) needs_hole: bool,
    /// Assigned outside of its declaration.
    pub(super) assigned: bool,
    /// Used at all.
    pub(super) referenced: bool,
    /// Created by `using`.
    pub(super) using: bool,
    /// Where a lexical declaration or an import has its name.
    pub(super) declared_at: u32,
    /// First source position at which it is surely initialised.
    pub(super) init_end: u32,
    /// Where its first use is.
    pub(super) first_use: u32,
    /// Where it lives.
    pub(super) place: Cell<Place>,
    /// Is it a variable that is surely assigned before any use?
    pub(super) surely: Cell<bool>,
}

impl Symbol<'_> {
    /// Does it start as a hole?
    pub(super) fn is_lexical(&self) -> bool {
        matches!(
            self.kind,
            SymbolKind::Let | SymbolKind::Const | SymbolKind::Class
        )
    }
}

/// What form a function has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FuncForm {
    /// A script, module or eval.
    Toplevel,
    Normal,
    Arrow,
    /// Method, getter, setter of an object literal or class.
    Method,
    BaseConstructor,
    DerivedConstructor,
    /// Field initialisers or static elements of a class.
    Initializer,
}

/// A function.
#[derive(Debug)]
pub(super) struct FuncInfo {
    /// The function around it, or [`NONE`].
    pub(super) parent: u32,
    /// How many functions are around it.
    pub(super) depth: u32,
    /// Its form.
    pub(super) form: FuncForm,
    /// Its outermost scope.
    pub(super) scope: u32,
    /// The scope of its body; the same as `scope` unless parameters hold expressions.
    pub(super) body_scope: u32,
    /// Where in the source the function object comes into being, at the earliest.
    pub(super) creation: u32,
    /// Strict mode code.
    pub(super) strict: bool,
    /// Uses `this` itself.
    pub(super) uses_this: bool,
    /// Uses `super.x`, so it needs a home object.
    pub(super) uses_home: bool,
    /// Holds a direct eval, not counting inner functions.
    pub(super) has_eval: bool,
    /// Depth of the outermost function whose environment it reaches.
    pub(super) outer_level: u32,
    /// Parameters hold initialisers or computed keys.
    pub(super) param_exprs: bool,
    /// The captured `this`.
    pub(super) this_sym: u32,
    /// The captured `new.target`.
    pub(super) new_target_sym: u32,
    /// The captured callee.
    pub(super) callee_sym: u32,
    /// `arguments`.
    pub(super) arguments_sym: u32,
    /// `arguments` is used otherwise than to read its elements or length.
    pub(super) arguments_escape: bool,
    /// The own name's symbol.
    pub(super) name_sym: u32,
    /// `this.x =` assignments.
    pub(super) this_properties: u32,
    /// Every parameter is a plain name.
    pub(super) simple_params: bool,
}

/// What a class keeps between its definition and its initialisers.
#[derive(Debug, Default)]
pub(super) struct ClassInfo {
    /// Its scope.
    pub(super) scope: u32,
    /// The function that initialises instance fields, or [`NONE`].
    pub(super) field_func: u32,
    /// The function that runs static fields and blocks, or [`NONE`].
    pub(super) static_func: u32,
    /// By element index: the symbol of a field's computed key, or of a private method's function.
    pub(super) stored: FxHashMap<usize, u32>,
    /// The inner name.
    pub(super) name_sym: u32,
}

/// The result of the scope walk.
#[derive(Default)]
pub(super) struct Analysis<'a> {
    pub(super) scopes: Vec<Scope>,
    pub(super) symbols: Vec<Symbol<'a>>,
    pub(super) funcs: Vec<FuncInfo>,
    pub(super) classes: Vec<ClassInfo>,
    /// (symbol, position) of assignments, sorted.
    pub(super) assigns: Vec<(u32, u32)>,
    /// Annex B.3.3: by start of a function declaration in a block, the symbol of the `var` that gets its value too
    /// ([`NONE`]: a global or eval variable, by name).
    pub(super) annex_b: FxHashMap<u32, u32>,
    /// The names among them that are global or eval variables.
    pub(super) annex_b_names: Vec<&'a str>,
    /// The scope of a function declaration that is the branch of an `if`, by its start.
    pub(super) lone_functions: FxHashMap<u32, u32>,
    /// There is a `with` or a direct eval.
    pub(super) dynamic: bool,
    /// There is a top-level await.
    pub(super) has_tla: bool,
    /// `import.meta` occurs.
    pub(super) uses_import_meta: bool,
    /// Recursion went too deep.
    pub(super) too_deep: bool,
    /// The first early error: where, and its message.
    pub(super) early_error: Option<(u32, String)>,
    /// Nobody wants the result any more.
    pub(super) stopped: bool,
}

impl<'a> Analysis<'a> {
    /// Adds a scope and gives its number.
    pub(super) fn add_scope(&mut self, parent: u32, func: u32, kind: ScopeKind) -> u32 {
        let depth = self.scopes.get(parent as usize).map_or(0, |s| s.depth + 1);
        self.scopes.push(Scope {
            parent,
            func,
            depth,
            kind,
            first: NONE,
            last: NONE,
            slots: 0,
            has_env: kind == ScopeKind::With,
            has_eval: false,
            env_reg: Cell::new(0),
        });
        (self.scopes.len() - 1) as u32
    }

    /// Adds a symbol to a scope and gives its number.
    pub(super) fn add_symbol(&mut self, scope: u32, name: &'a str, kind: SymbolKind) -> u32 {
        let id = self.symbols.len() as u32;
        self.symbols.push(Symbol {
            name,
            scope,
            next: NONE,
            shadowed: NONE,
            kind,
            captured: false,
            needs_hole: false,
            assigned: false,
            referenced: false,
            using: false,
            declared_at: 0,
            init_end: 0,
            first_use: NONE,
            place: Cell::new(Place::None),
            surely: Cell::new(false),
        });
        let entry = &mut self.scopes[scope as usize];
        let last = std::mem::replace(&mut entry.last, id);
        if last == NONE {
            entry.first = id;
        } else {
            self.symbols[last as usize].next = id;
        }
        id
    }

    /// Remembers which symbol a new one hides.
    pub(super) fn set_shadowed(&mut self, symbol: u32, hidden: u32) {
        self.symbols[symbol as usize].shadowed = hidden;
    }

    /// The symbol that this one hides.
    pub(super) fn shadowed(&self, symbol: u32) -> u32 {
        self.symbols[symbol as usize].shadowed
    }

    /// The symbols of a scope, in order.
    pub(super) fn symbols_of(&self, scope: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.scopes[scope as usize].first;
        std::iter::from_fn(move || {
            let id = at;
            at = self.symbols.get(id as usize)?.next;
            Some(id)
        })
    }

    /// The function that a symbol belongs to.
    pub(super) fn func_of(&self, symbol: u32) -> u32 {
        self.scopes[self.symbols[symbol as usize].scope as usize].func
    }

    /// The nearest function outwards that has its own `this`.
    pub(super) fn home_of(&self, mut func: u32) -> u32 {
        while self.funcs[func as usize].form == FuncForm::Arrow {
            func = self.funcs[func as usize].parent;
        }
        func
    }

    /// Parameters that a mapped arguments object may share with the function live in the environment.
    pub(super) fn capture_mapped(&mut self, func: u32) {
        let info = &self.funcs[func as usize];
        if info.arguments_sym == NONE || info.strict || !info.simple_params {
            return;
        }
        let (scope, escape) = (info.scope, info.arguments_escape);
        let mut at = self.scopes[scope as usize].first;
        while let Some(symbol) = self.symbols.get_mut(at as usize) {
            if symbol.kind == SymbolKind::Param
                && (symbol.referenced || symbol.assigned)
                && (symbol.assigned || escape)
            {
                symbol.captured = true;
            }
            at = symbol.next;
        }
    }

    /// Gives every captured symbol of a finished scope its slot.
    pub(super) fn lay_out(&mut self, scope: u32) {
        let all = self.scopes[scope as usize].has_eval;
        let mut slots = 0;
        let mut at = self.scopes[scope as usize].first;
        while let Some(symbol) = self.symbols.get_mut(at as usize) {
            symbol.captured |= all;
            if symbol.captured {
                symbol
                    .place
                    .set(Place::Slot(u16::try_from(slots).unwrap_or(u16::MAX)));
                slots += 1;
            }
            at = symbol.next;
        }
        let scope = &mut self.scopes[scope as usize];
        scope.slots = slots;
        scope.has_env |= slots > 0;
    }

    /// Is `symbol` assigned at a position in `from..to`?
    pub(super) fn assigned_between(&self, symbol: u32, from: u32, to: u32) -> bool {
        if !self.symbols[symbol as usize].assigned {
            return false;
        }
        let at = self
            .assigns
            .partition_point(|&entry| entry < (symbol, from));
        self.assigns
            .get(at)
            .is_some_and(|&(s, pos)| s == symbol && pos < to)
    }
}

/// Writes a number into a syntax tree's scope cell.
pub(super) fn set_scope(cell: &Cell<Option<ScopeId>>, number: u32) {
    cell.set((number != NONE).then(|| ScopeId::new(number as usize)));
}

/// Reads it.
pub(super) fn get_scope(cell: &Cell<Option<ScopeId>>) -> u32 {
    cell.get().map_or(NONE, |id| id.index() as u32)
}

/// Writes a binding's symbol.
pub(super) fn set_symbol(cell: &Cell<Option<SymbolId>>, symbol: u32) {
    cell.set((symbol != NONE).then(|| SymbolId::new(symbol as usize)));
}

/// Reads it.
pub(super) fn get_symbol(cell: &Cell<Option<SymbolId>>) -> u32 {
    cell.get().map_or(NONE, |id| id.index() as u32)
}

/// Writes a reference's symbol, and whether the use must check for the hole.
pub(super) fn set_reference(cell: &Cell<Option<ReferenceId>>, symbol: u32, check: bool) {
    cell.set((symbol != NONE).then(|| ReferenceId::new(symbol as usize * 2 + usize::from(check))));
}

/// Reads them.
pub(super) fn get_reference(cell: &Cell<Option<ReferenceId>>) -> (u32, bool) {
    cell.get().map_or((NONE, false), |id| {
        let number = id.index();
        ((number / 2) as u32, number % 2 == 1)
    })
}
