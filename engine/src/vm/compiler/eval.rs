//! What a direct eval sees, and how eval code declares its variables in its caller.

use std::sync::Arc;

use oxc_ast::ast::Statement;
use rustc_hash::{FxHashMap, FxHashSet};

use super::emitter::text_of;
use super::function::{Gen, Reg, Res};
use super::hoist::{VarNames, function_declaration};
use super::names::Name;
use super::scope::{FuncForm, NONE, ScopeKind, SymbolKind};
use crate::vm::bytecode::{BindingKind, EvalScope, GlobalDeclarations, Op, ScopeInfo, Text};

impl<'a> Gen<'a, '_> {
    /// The eval scope of a `CallEval` at this place: an index into the side table.
    pub(super) fn eval_scope(&mut self) -> Res<u64> {
        let analysis = &self.unit.analysis;
        let env_reg = self.current_env()?;
        let mut scopes: Vec<Option<Arc<ScopeInfo>>> = Vec::new();
        let mut private_names = Vec::new();
        let mut var_scope = None;
        let mut scope = self.scope;
        while scope != NONE {
            let entry = &analysis.scopes[scope as usize];
            if entry.kind == ScopeKind::Class {
                for symbol in analysis.symbols_of(scope) {
                    let symbol = &analysis.symbols[symbol as usize];
                    if symbol.kind == SymbolKind::Private {
                        private_names.push(text_of(symbol.name));
                    }
                }
            }
            if entry.kind == ScopeKind::With {
                scopes.push(None);
            } else if entry.has_env {
                let info = self.describe(scope);
                if info.is_var_scope {
                    var_scope = var_scope.or(Some(scopes.len() as u32));
                }
                scopes.push(Some(Arc::new(info)));
            }
            if analysis.funcs[entry.func as usize].scope == scope && self.has_var_env(entry.func) {
                var_scope = var_scope.or(Some(scopes.len() as u32));
                scopes.push(None);
            }
            scope = entry.parent;
        }
        let form = analysis.funcs[analysis.home_of(self.func) as usize].form;
        let mut seen = EvalScope {
            env_reg,
            in_function: form != FuncForm::Toplevel,
            in_method: matches!(
                form,
                FuncForm::Method
                    | FuncForm::BaseConstructor
                    | FuncForm::DerivedConstructor
                    | FuncForm::Initializer
            ),
            in_derived_constructor: form == FuncForm::DerivedConstructor,
            in_class_field: form == FuncForm::Initializer,
            private_names,
            scopes,
            var_scope,
        };
        if let Some(outer) = self.unit.external {
            if form == FuncForm::Toplevel {
                seen.in_function = outer.in_function;
                seen.in_method = outer.in_method;
                seen.in_derived_constructor = outer.in_derived_constructor;
                seen.in_class_field = outer.in_class_field;
            }
            seen.private_names
                .extend(outer.private_names.iter().cloned());
            if seen.var_scope.is_none() {
                let inner = seen.scopes.len() as u32;
                seen.var_scope = outer.var_scope.map(|index| index + inner);
            }
            seen.scopes.extend(outer.scopes.iter().cloned());
        }
        self.evals.push(Arc::new(seen));
        Ok((self.evals.len() - 1) as u64)
    }

    /// The register of a private name that eval code uses from a class around it.
    pub(super) fn external_private(&mut self, name: &'a str, pos: u32) -> Res<Reg> {
        let key = text_of(&format!("#{name}"));
        let levels = match self.find(NONE, "\0") {
            Name::External { depth, .. } => depth,
            _ => 0,
        };
        let found = self.unit.external.and_then(|external| {
            external
                .scopes
                .iter()
                .enumerate()
                .find_map(|(index, info)| {
                    let binding = info.as_ref()?.bindings.iter().find(|b| b.name == key)?;
                    Some((index as u32, binding.slot))
                })
        });
        let Some((index, slot)) = found else {
            let message = format!("Private field '#{name}' must be declared in an enclosing class");
            return self.error(&message, pos);
        };
        let dst = self.temp()?;
        let env = self.callee_env.unwrap_or(0);
        let depth = super::names::depth_of(levels + index)?;
        self.code.emit(Op::GetEnv, depth, dst, env, slot as i16);
        Ok(dst)
    }

    /// Instantiates the variables of sloppy eval code. Source: ECMA-262 EvalDeclarationInstantiation.
    pub(super) fn declare_eval(&mut self, list: &[Statement<'a>]) -> Res<()> {
        let vars = VarNames::collect(list, true);
        let mut seen = FxHashSet::default();
        let mut functions: Vec<&'a str> = Vec::new();
        for statement in list.iter().rev() {
            if let Some(id) = function_declaration(statement).and_then(|it| it.id.as_ref())
                && seen.insert(id.name.as_str())
            {
                functions.push(id.name.as_str());
            }
        }
        functions.reverse();
        let mut names: Vec<&'a str> = vars.names.iter().map(|&(name, _)| name).collect();
        names.retain(|name| seen.insert(*name));
        let var_scope = self.unit.external.and_then(|external| external.var_scope);
        for name in functions.iter().chain(&names) {
            if self.conflicts(name) {
                return self.error(&format!("Identifier '{name}' has already been declared"), 0);
            }
        }
        let mut annex = self.unit.analysis.annex_b_names.clone();
        annex.retain(|name| seen.insert(*name) && !self.conflicts(name));
        if var_scope.is_none() {
            let index = self.globals.len() as u64;
            self.globals.push(GlobalDeclarations {
                vars: names.iter().map(|name| text_of(name)).collect(),
                functions: functions.iter().map(|name| text_of(name)).collect(),
                annex_b: annex.iter().map(|name| text_of(name)).collect(),
                ..GlobalDeclarations::default()
            });
            self.code.emit_w1(Op::DeclareGlobals, 1, 0, 0, 0, index);
            return self.define_functions(list, true);
        }
        let mark = self.next;
        let env = self.callee_env.unwrap_or(0);
        for name in names.iter().chain(&annex) {
            let key = self.code.name(name);
            self.code.emit_w1(Op::DeclareVar, 0, 0, env, 0, key);
        }
        self.free(mark);
        self.define_functions(list, false)
    }

    /// Does a `var name` of this eval clash with a binding between the eval and its variable scope?
    fn conflicts(&self, name: &str) -> bool {
        let Some(external) = self.unit.external else {
            return false;
        };
        let key: Text = text_of(name);
        let last = external
            .var_scope
            .map_or(external.scopes.len(), |index| index as usize);
        // Among parameters, these and `arguments` count as well.
        let params = external.scopes.get(last).is_some_and(Option::is_none);
        external
            .scopes
            .iter()
            .take(last + 1)
            .enumerate()
            .any(|(index, info)| {
                info.iter().flat_map(|info| &info.bindings).any(|binding| {
                    let clashes = match binding.kind {
                        BindingKind::Let | BindingKind::Const => true,
                        BindingKind::Var => params && index + 1 == last,
                        _ => false,
                    };
                    clashes && binding.name == key
                })
            })
    }

    /// Emits the closures of top-level functions that are found by name: global ones, or variables of eval's caller.
    pub(super) fn define_functions(&mut self, list: &[Statement<'a>], deletable: bool) -> Res<()> {
        let mut last = FxHashMap::default();
        for (index, statement) in list.iter().enumerate() {
            if let Some(id) = function_declaration(statement).and_then(|it| it.id.as_ref()) {
                last.insert(id.name.as_str(), index);
            }
        }
        let to_caller = !deletable && self.unit.external.is_some();
        for (index, statement) in list.iter().enumerate() {
            let Some(function) = function_declaration(statement) else {
                continue;
            };
            let Some(id) = &function.id else { continue };
            let name = id.name.as_str();
            if last.get(name) != Some(&index) {
                continue;
            }
            let mark = self.next;
            let value = self.temp()?;
            self.declared_function(function, value)?;
            let key = self.code.name(name);
            if to_caller {
                let env = self.callee_env.unwrap_or(0);
                self.code.emit_w1(Op::DeclareVar, 2, value, env, 0, key);
            } else {
                self.code
                    .emit_w1(Op::DefineGlobalFunc, u8::from(deletable), value, 0, 0, key);
            }
            self.free(mark);
        }
        Ok(())
    }
}
