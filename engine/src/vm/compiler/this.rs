//! `this`, the callee and the home object, here or in the function around an arrow.

use super::function::{Gen, Reg, Res};
use super::names::{Name, Use};
use super::scope::{FuncForm, NONE};
use crate::vm::bytecode::Op;
use crate::vm::bytecode::frame::{CALLEE, THIS};

impl<'a> Gen<'a, '_> {
    /// A use of a symbol that needs no check.
    pub(super) fn plain_use(&self, symbol: u32, pos: u32) -> Use<'a> {
        Use {
            name: Name::Symbol(symbol),
            text: self
                .unit
                .analysis
                .symbols
                .get(symbol as usize)
                .map_or("", |symbol| symbol.name),
            check: false,
            pos,
        }
    }

    /// The register that holds `this`.
    pub(super) fn this_value(&mut self, pos: u32) -> Res<Reg> {
        let home = self.unit.analysis.home_of(self.func);
        let info = &self.unit.analysis.funcs[home as usize];
        let derived = info.form == FuncForm::DerivedConstructor;
        if home != self.func {
            let reg = self.load_symbol(self.plain_use(info.this_sym, pos), info.this_sym, None)?;
            if derived || self.eval_top(home) {
                self.code.at(pos);
                self.code.emit(Op::CheckThis, 0, reg, 0, 0);
            }
            return Ok(reg);
        }
        if info.form == FuncForm::Toplevel {
            return self.toplevel_this(pos);
        }
        if !derived {
            return Ok(THIS);
        }
        if info.this_sym != NONE {
            // An arrow or eval may have called super().
            let reg = self.load_symbol(self.plain_use(info.this_sym, pos), info.this_sym, None)?;
            self.code.at(pos);
            self.code.emit(Op::CheckThis, 0, reg, 0, 0);
            return Ok(reg);
        }
        if pos < self.super_done {
            self.code.at(pos);
            self.code.emit(Op::CheckThis, 0, THIS, 0, 0);
        }
        Ok(THIS)
    }

    fn eval_top(&self, home: u32) -> bool {
        self.unit.external.is_some()
            && self.unit.analysis.funcs[home as usize].form == FuncForm::Toplevel
    }

    /// `this` of a script, module or eval: eval code finds its caller's in the environments.
    pub(super) fn toplevel_this(&mut self, pos: u32) -> Res<Reg> {
        let reg = self.toplevel_or(pos, "this", THIS, None)?;
        if reg != THIS {
            self.code.at(pos);
            self.code.emit(Op::CheckThis, 0, reg, 0, 0);
        }
        Ok(reg)
    }

    /// A value of the frame's header, or what eval code's caller left under `name` in its environments.
    pub(super) fn toplevel_or(
        &mut self,
        pos: u32,
        name: &'static str,
        reg: Reg,
        want: Option<Reg>,
    ) -> Res<Reg> {
        if self.info().form == FuncForm::Toplevel
            && let Name::External { depth, slot, .. } = self.find_static(name)
        {
            let dst = self.or_temp(want)?;
            self.code.at(pos);
            let env = self.callee_env.unwrap_or(0);
            let depth = super::names::depth_of(depth)?;
            self.code.emit(Op::GetEnv, depth, dst, env, slot as i16);
            return Ok(dst);
        }
        Ok(self.deliver(want, reg))
    }

    /// Looks a pseudo name up in the environments around eval code; dynamic ones never hold it.
    fn find_static(&self, name: &str) -> Name {
        let Some(external) = self.unit.external else {
            return Name::Global;
        };
        let key = super::emitter::text_of(name);
        for (index, info) in external.scopes.iter().enumerate() {
            let binding = info
                .as_ref()
                .and_then(|info| info.bindings.iter().find(|binding| binding.name == key));
            if let Some(binding) = binding {
                return Name::External {
                    depth: index as u32,
                    slot: binding.slot,
                    kind: binding.kind,
                };
            }
        }
        Name::Global
    }

    /// Writes `this` of a derived constructor once `super()` has made it.
    pub(super) fn bind_this(&mut self, value: Reg, pos: u32) -> Res<()> {
        let home = self.unit.analysis.home_of(self.func);
        let info = &self.unit.analysis.funcs[home as usize];
        let fine = self.code.label();
        let mark = self.next;
        let external = match self.find_static("this") {
            Name::External { depth, slot, .. } if info.form == FuncForm::Toplevel => {
                Some((depth, slot))
            }
            _ => None,
        };
        let current = if info.this_sym != NONE && external.is_none() {
            self.load_symbol(self.plain_use(info.this_sym, pos), info.this_sym, None)?
        } else if let Some((depth, slot)) = external {
            let (dst, env) = (self.temp()?, self.callee_env.unwrap_or(0));
            let up = self.levels_to_top();
            let depth = super::names::depth_of(depth + up)?;
            self.code.emit(Op::GetEnv, depth, dst, env, slot as i16);
            dst
        } else {
            THIS
        };
        self.code.jump_if(Op::JumpHole, current, fine);
        self.free(mark);
        self.code.at(pos);
        let message = self.code.name("Super constructor may only be called once");
        self.code.emit_w1(Op::ThrowError, 1, 0, 0, 0, message);
        self.code.bind(fine);
        if home == self.func && external.is_none() {
            self.mov(THIS, value);
        }
        if let Some((depth, slot)) = external {
            let env = self.callee_env.unwrap_or(0);
            let up = self.levels_to_top();
            let depth = super::names::depth_of(depth + up)?;
            self.code.emit(Op::SetEnv, depth, value, env, slot as i16);
        }
        if info.this_sym != NONE {
            self.store_symbol(info.this_sym, value)?;
        }
        Ok(())
    }

    /// How many environments lie between this function and the end of the source's own ones.
    fn levels_to_top(&self) -> u32 {
        match self.find(NONE, "\0") {
            Name::External { depth, .. } => depth,
            _ => {
                let analysis = &self.unit.analysis;
                let mut levels = 0;
                let mut scope = analysis.scopes[self.info().scope as usize].parent;
                while scope != NONE {
                    levels += u32::from(analysis.scopes[scope as usize].has_env);
                    scope = analysis.scopes[scope as usize].parent;
                }
                levels
            }
        }
    }

    /// The running function, for `super`.
    pub(super) fn callee(&mut self, pos: u32) -> Res<Reg> {
        let home = self.unit.analysis.home_of(self.func);
        if home == self.func {
            return self.toplevel_or(pos, "%callee", CALLEE, None);
        }
        let symbol = self.unit.analysis.funcs[home as usize].callee_sym;
        self.load_symbol(self.plain_use(symbol, pos), symbol, None)
    }

    /// Fills `regs` and the next register with what `super.x` needs: the base object and `this`.
    pub(super) fn super_base(&mut self, regs: Reg, pos: u32) -> Res<()> {
        let mark = self.next;
        let this = self.this_value(pos)?;
        self.mov(regs + 1, this);
        let callee = self.callee(pos)?;
        self.code.at(pos);
        self.code.emit(Op::GetHome, 0, regs, callee, 0);
        self.code.emit(Op::SuperBase, 0, regs, regs, 0);
        self.free(mark);
        Ok(())
    }
}
