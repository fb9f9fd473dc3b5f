//! Parameters and `arguments`. Source: ECMA-262 FunctionDeclarationInstantiation.

use oxc_ast::ast::{BindingPattern, FormalParameter, FormalParameters};
use rustc_hash::FxHashSet;

use super::analysis::Top;
use super::function::{Gen, Reg, Res};
use super::scope::{NONE, Place, SymbolKind, get_symbol};
use crate::vm::bytecode::Op;

impl<'a> Gen<'a, '_> {
    /// Puts every parameter where its uses expect it.
    pub(super) fn params(&mut self, params: Option<&FormalParameters<'a>>) -> Res<()> {
        let info = self.info();
        let wants_arguments = info.arguments_sym != NONE;
        let rest = params.and_then(|params| params.rest.as_deref());
        if wants_arguments || rest.is_some() {
            self.args_reg = Some(self.temp()?);
        }
        let Some(params) = params else {
            return self.named_params();
        };
        let mut placed = Vec::new();
        for (index, item) in params.items.iter().enumerate() {
            if let Some(symbol) = self.any_plain(item)
                && !self.unit.analysis.symbols[symbol as usize].captured
                && !self.starts_as_hole(symbol)
            {
                let reg = Place::Reg(index as Reg);
                self.unit.analysis.symbols[symbol as usize].place.set(reg);
                placed.push(symbol);
            }
        }
        placed.sort_unstable();
        self.param_registers(&placed)?;
        if info.simple_params {
            for (index, item) in params.items.iter().enumerate() {
                // Of parameters with the same name, the last counts.
                if let Some(symbol) = self.plain_param(item)
                    && self.unit.analysis.symbols[symbol as usize].captured
                {
                    self.store_symbol(symbol, index as Reg)?;
                }
            }
            if wants_arguments {
                self.create_arguments(&self.map_of(params))?;
            }
            return Ok(());
        }
        if wants_arguments {
            self.create_arguments(&[])?;
        }
        for (index, item) in params.items.iter().enumerate() {
            let mark = self.next;
            let reg = index as Reg;
            if let Some(init) = &item.initializer {
                let name = match &item.pattern {
                    BindingPattern::BindingIdentifier(id) => Some(id.name.as_str()),
                    _ => None,
                };
                self.code.statement(item.span.start);
                self.default_value(reg, init, name)?;
            }
            match self.any_plain(item) {
                Some(symbol) => self.param_value(symbol, reg)?,
                None => self.bind_pattern(&item.pattern, reg)?,
            }
            self.free(mark);
        }
        if let Some(rest) = rest {
            let mark = self.next;
            let array = self.temp()?;
            let from = self.args_reg.unwrap_or(0);
            self.code
                .emit(Op::RestArgs, 0, array, from, params.items.len() as i16);
            self.bind_pattern(&rest.rest.argument, array)?;
            self.free(mark);
        }
        Ok(())
    }

    /// Parameters given by name: a body compiled as a function.
    fn named_params(&mut self) -> Res<()> {
        let Top::Function(names) = self.unit.top else {
            return Ok(());
        };
        if self.func != 0 {
            return Ok(());
        }
        let analysis = &self.unit.analysis;
        let mut map = vec![-1; names.len()];
        for symbol in analysis.symbols_of(self.info().scope) {
            let entry = &analysis.symbols[symbol as usize];
            if entry.kind != SymbolKind::Param {
                continue;
            }
            let Some(index) = names.iter().rposition(|name| *name == entry.name) else {
                continue;
            };
            match entry.place.get() {
                Place::Slot(slot) => {
                    map[index] = i32::from(slot);
                    self.store_symbol(symbol, index as Reg)?;
                }
                _ => entry.place.set(Place::Reg(index as Reg)),
            }
        }
        if self.info().arguments_sym != NONE {
            self.create_arguments(&map)?;
        }
        Ok(())
    }

    /// The symbol of a parameter that is a name without a default.
    fn plain_param(&self, item: &FormalParameter<'a>) -> Option<u32> {
        item.initializer
            .is_none()
            .then(|| self.any_plain(item))
            .flatten()
    }

    fn any_plain(&self, item: &FormalParameter<'a>) -> Option<u32> {
        match &item.pattern {
            BindingPattern::BindingIdentifier(id) => Some(get_symbol(&id.symbol_id)),
            _ => None,
        }
    }

    fn param_value(&mut self, symbol: u32, reg: Reg) -> Res<()> {
        match self.unit.analysis.symbols[symbol as usize].place.get() {
            Place::Reg(own) if own == reg => Ok(()),
            _ => self.store_symbol(symbol, reg),
        }
    }

    /// Registers for the names that patterns and defaults bind; `placed` (sorted) have theirs.
    fn param_registers(&mut self, placed: &[u32]) -> Res<()> {
        let analysis = &self.unit.analysis;
        for symbol in analysis.symbols_of(self.info().scope) {
            let entry = &analysis.symbols[symbol as usize];
            if entry.kind != SymbolKind::Param
                || entry.captured
                || placed.binary_search(&symbol).is_ok()
            {
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

    /// The environment slot of each parameter that a mapped arguments object shares.
    fn map_of(&self, params: &FormalParameters<'a>) -> Vec<i32> {
        let mut later = FxHashSet::default();
        let mut map: Vec<i32> = params
            .items
            .iter()
            .rev()
            .map(|item| {
                let symbol = self.plain_param(item).unwrap_or(NONE);
                let entry = self.unit.analysis.symbols.get(symbol as usize);
                match entry.map(|entry| entry.place.get()) {
                    // Of parameters with the same name, the last counts.
                    Some(Place::Slot(slot)) if later.insert(symbol) => i32::from(slot),
                    _ => -1,
                }
            })
            .collect();
        map.reverse();
        map
    }

    /// Makes the arguments object.
    fn create_arguments(&mut self, map: &[i32]) -> Res<()> {
        let info = self.info();
        let entry = &self.unit.analysis.symbols[info.arguments_sym as usize];
        let mark;
        let reg = if entry.captured {
            mark = self.next;
            self.temp()?
        } else {
            let reg = self.temp()?;
            entry.place.set(Place::Reg(reg));
            mark = self.next;
            reg
        };
        let from = self.args_reg.unwrap_or(0);
        let mapped = !info.strict && info.simple_params;
        let scope = &self.unit.analysis.scopes[info.scope as usize];
        let env = if scope.has_env {
            scope.env_reg.get()
        } else {
            from
        };
        let table = self.argument_maps.len() as u64;
        if mapped {
            self.argument_maps.push(map.to_vec());
        }
        self.code.emit_w1(
            Op::CreateArgs,
            u8::from(mapped),
            reg,
            from,
            env,
            if mapped { table } else { 0 },
        );
        if entry.captured {
            self.store_symbol(info.arguments_sym, reg)?;
        }
        self.free(mark);
        Ok(())
    }
}
