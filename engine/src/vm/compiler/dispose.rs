//! `using` and `await using`: a block that disposes of its resources however it is left.
//!
//! Source: ECMA-262 (Explicit Resource Management) DisposeResources.

use oxc_ast::ast::*;

use super::control::Control;
use super::function::{Gen, Reg, Res};
use crate::vm::bytecode::frame::{CALLEE, HEADER};
use crate::vm::bytecode::{Handler, Op};

impl<'a> Gen<'a, '_> {
    /// Runs `body`; if the statement list declares resources, they are disposed of afterwards.
    pub(super) fn with_resources(
        &mut self,
        list: &[Statement<'a>],
        body: impl FnOnce(&mut Self) -> Res<()>,
    ) -> Res<()> {
        let declares = list.iter().any(|statement| {
            matches!(statement, Statement::VariableDeclaration(it) if is_using(it.kind))
        });
        if declares {
            self.resource_block(body)
        } else {
            body(self)
        }
    }

    fn resource_block(&mut self, body: impl FnOnce(&mut Self) -> Res<()>) -> Res<()> {
        let mark = self.next;
        let resources = self.temp()?;
        let (kind, value) = (self.temp()?, self.temp()?);
        self.code.emit(Op::LoadUndef, 0, resources, 0, 0);
        let outer = self.resources.replace(resources);
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
        self.resources = outer;
        let ranges = self.end_region(region);
        if !self.code.dead {
            self.load_number(0.0, Some(kind))?;
            self.code.jump(label);
        }
        self.handle(ranges, value);
        self.load_number(1.0, Some(kind))?;
        self.code.bind(label);
        self.dispose(resources, kind, value)?;
        self.dispatch_exits(kind, value, &exits)?;
        self.free(mark);
        Ok(())
    }

    /// Disposes of the resources, last first; an error takes the place of how the block was left.
    fn dispose(&mut self, resources: Reg, kind: Reg, value: Reg) -> Res<()> {
        let mark = self.next;
        let is_async = self.temp()?;
        let result = self.temp()?;
        let window = self.window()?;
        let next = self.code.new_bound();
        let (empty, call_done) = (self.code.label(), self.code.label());
        let word = self.code.here();
        self.code
            .jump_w1(Op::DisposeNext, 0, window, resources, empty, None);
        let first = super::emitter::encode(Op::DisposeNext, 0, window, resources, is_async);
        self.code.set_word(word, first);
        self.code.emit(Op::LoadUndef, 0, result, 0, 0);
        let start = self.code.here();
        self.code
            .jump_if(Op::JumpUndef, window + HEADER + CALLEE, call_done);
        self.code.emit(Op::Call, 0, result, window, 0);
        self.code.bind(call_done);
        self.code.jump_if(Op::JumpFalse, is_async, next);
        if self.meta.is_async {
            self.code.emit(Op::Await, 0, result, result, 0);
        }
        let end = self.code.here();
        self.code.jump(next);
        let target = self.code.here();
        self.code.dead = false;
        self.code.handlers.push(Handler {
            start,
            end,
            target,
            reg: result,
        });
        let (first_error, kept) = (self.code.label(), self.code.label());
        self.code.jump_fused(Op::JStrictNeI, kind, 1, first_error);
        self.code.emit(Op::SuppressError, 0, value, result, value);
        self.code.jump(kept);
        self.code.bind(first_error);
        self.mov(value, result);
        self.load_number(1.0, Some(kind))?;
        self.code.bind(kept);
        self.code.jump(next);
        self.code.bind(empty);
        self.free(mark);
        Ok(())
    }

    pub(super) fn using_declarator(
        &mut self,
        it: &VariableDeclarator<'a>,
        is_async: bool,
    ) -> Res<()> {
        let BindingPattern::BindingIdentifier(id) = &it.id else {
            return self.error("Unexpected token", it.span.start);
        };
        let Some(init) = &it.init else {
            return self.error("Missing initializer in using declaration", it.span.start);
        };
        let value = self.named(init, Some(id.name.as_str()), None)?;
        self.add_resource(value, is_async, it.span.start);
        self.initialize(id, value)
    }

    fn add_resource(&mut self, value: Reg, is_async: bool, pos: u32) {
        self.code.at(pos);
        let list = self.resources.unwrap_or(0);
        self.code
            .emit(Op::AddDisposable, u8::from(is_async), list, value, 0);
    }

    /// `for (using x = ...; ...; ...)`.
    pub(super) fn for_using(&mut self, it: &ForStatement<'a>, labels: Vec<&'a str>) -> Res<()> {
        self.resource_block(|this| this.for_loop(it, labels))
    }

    /// The body of `for (using x of y)`: each value is disposed of at the end of its turn.
    pub(super) fn for_of_using(
        &mut self,
        head: &VariableDeclaration<'a>,
        value: Reg,
        body: &Statement<'a>,
    ) -> Res<()> {
        let is_async = head.kind == VariableDeclarationKind::AwaitUsing;
        self.resource_block(|this| {
            if let Some(declarator) = head.declarations.first() {
                this.add_resource(value, is_async, declarator.span.start);
                this.bind_pattern(&declarator.id, value)?;
            }
            this.statement(body)
        })
    }
}

fn is_using(kind: VariableDeclarationKind) -> bool {
    matches!(
        kind,
        VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing
    )
}
