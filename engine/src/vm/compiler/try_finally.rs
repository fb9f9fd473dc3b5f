//! `try`, `catch`, `finally`.

use oxc_ast::ast::{BindingPattern, BlockStatement, CatchClause, TryStatement};

use super::control::Control;
use super::function::{Gen, Reg, Res};
use super::scope::{get_scope, get_symbol};
use crate::vm::bytecode::Op;

impl<'a> Gen<'a, '_> {
    pub(super) fn try_statement(&mut self, it: &TryStatement<'a>) -> Res<()> {
        self.reset_completion();
        let Some(finalizer) = &it.finalizer else {
            return self.try_catch(&it.block, it.handler.as_deref());
        };
        self.guarded(
            |this| this.try_catch(&it.block, it.handler.as_deref()),
            |this| {
                let mark = this.next;
                let kept = match this.completion {
                    Some(completion) => {
                        let kept = this.temp()?;
                        this.mov(kept, completion);
                        this.code.emit(Op::LoadUndef, 0, completion, 0, 0);
                        Some((completion, kept))
                    }
                    None => None,
                };
                this.count(finalizer.span.start, finalizer.span.end);
                this.block_statement(finalizer)?;
                if let Some((completion, kept)) = kept {
                    this.mov(completion, kept);
                }
                this.free(mark);
                Ok(())
            },
        )
    }

    /// Runs `after` however `body` is left.
    pub(super) fn guarded(
        &mut self,
        body: impl FnOnce(&mut Self) -> Res<()>,
        after: impl FnOnce(&mut Self) -> Res<()>,
    ) -> Res<()> {
        let mark = self.next;
        let (kind, value) = (self.temp()?, self.temp()?);
        let label = self.code.label();
        let region = self.region();
        self.control.push(Control::Finally {
            label,
            kind,
            value,
            exits: Vec::new(),
            region,
        });
        body(self)?;
        let Some(Control::Finally { exits, region, .. }) = self.control.pop() else {
            return self.error("Unexpected token", 0);
        };
        let ranges = self.end_region(region);
        if !self.code.dead {
            self.load_number(0.0, Some(kind))?;
            self.code.jump(label);
        }
        self.handle(ranges, value);
        self.load_number(1.0, Some(kind))?;
        self.code.bind(label);
        after(self)?;
        self.dispatch_exits(kind, value, &exits)?;
        self.free(mark);
        Ok(())
    }

    fn try_catch(
        &mut self,
        block: &BlockStatement<'a>,
        handler: Option<&CatchClause<'a>>,
    ) -> Res<()> {
        let Some(handler) = handler else {
            return self.block_statement(block);
        };
        let region = self.region();
        self.control.push(Control::Catch(region));
        self.block_statement(block)?;
        let Some(Control::Catch(region)) = self.control.pop() else {
            return self.error("Unexpected token", block.span.start);
        };
        let ranges = self.end_region(region);
        let end = self.code.label();
        self.code.jump(end);
        let mark = self.next;
        let scope = get_scope(&handler.scope_id);
        let outer = self.scope;
        if let Some(own) = self.catch_register(handler, scope)? {
            self.handle(ranges, own);
            self.reset_completion();
        } else {
            let error = self.temp()?;
            self.handle(ranges, error);
            self.reset_completion();
            self.enter_scope(scope)?;
            if let Some(param) = &handler.param {
                self.code.statement(param.span.start);
                self.bind_pattern(&param.pattern, error)?;
            }
        }
        self.count(handler.span.start, handler.span.end);
        self.block_statement(&handler.body)?;
        self.scope = outer;
        self.free(mark);
        self.code.bind(end);
        Ok(())
    }

    /// The register of a `catch` parameter that may take the exception as it comes.
    fn catch_register(&mut self, handler: &CatchClause<'a>, scope: u32) -> Res<Option<Reg>> {
        let Some(BindingPattern::BindingIdentifier(id)) =
            handler.param.as_ref().map(|param| &param.pattern)
        else {
            return Ok(None);
        };
        let symbol = get_symbol(&id.symbol_id);
        let analysis = &self.unit.analysis;
        if analysis.scopes[scope as usize].has_env
            || analysis
                .symbols
                .get(symbol as usize)
                .is_none_or(|entry| entry.captured || entry.scope != scope)
        {
            return Ok(None);
        }
        self.enter_scope(scope)?;
        Ok(self.register_of(symbol))
    }
}
