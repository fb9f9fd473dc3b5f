//! `for`-`of` and `for await`: the iteration protocol around a loop body.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::control::Control;
use super::emitter::Label;
use super::function::{Gen, Reg, Res};
use super::scope::{get_scope, get_symbol};
use crate::vm::bytecode::Op;

/// Where an iteration is: at the name or pattern that gets the value.
fn bound_at(left: &ForStatementLeft<'_>) -> u32 {
    match left {
        ForStatementLeft::VariableDeclaration(it) => it
            .declarations
            .first()
            .map_or(it.span.start, |declarator| declarator.id.span().start),
        target => target.span().start,
    }
}

impl<'a> Gen<'a, '_> {
    pub(super) fn for_of(&mut self, it: &ForOfStatement<'a>) -> Res<()> {
        self.reset_completion();
        let labels = std::mem::take(&mut self.labels);
        let outer = self.scope;
        let scope = get_scope(&it.scope_id);
        let iterator = self.temps(3)?;
        let subject = self.loop_subject(scope, &it.right)?;
        self.code.at(it.right.span().start);
        self.code
            .emit(Op::GetIter, u8::from(it.r#await), iterator, subject, 0);
        self.free(i32::from(iterator) + 3);
        let shared = self.temp()?;
        let (next, body, end) = (self.code.label(), self.code.label(), self.code.label());
        self.control.push(Control::Target {
            labels: labels.clone(),
            break_to: Some(end),
            continue_to: None,
            plain: true,
        });
        self.code.bind(next);
        let direct = self.direct_variable(scope, &it.left)?;
        let value = direct.unwrap_or(shared);
        self.step(
            iterator,
            value,
            it.r#await,
            Some(body),
            end,
            bound_at(&it.left),
        )?;
        self.code.bind(body);

        let region = self.region();
        self.control.push(Control::Iterator {
            regs: iterator,
            is_async: it.r#await,
            done: None,
            region,
        });
        self.control.push(Control::Target {
            labels,
            break_to: None,
            continue_to: Some(next),
            plain: true,
        });
        if direct.is_none() {
            self.enter_scope(scope)?;
        }
        self.code.statement(it.left.span().start);
        match using_head(&it.left) {
            Some(head) => self.for_of_using(head, value, &it.body)?,
            None => {
                if direct.is_none() {
                    self.loop_variable(&it.left, value)?;
                }
                self.counted_statement(&it.body)?;
            }
        }
        self.control.pop();
        let Some(Control::Iterator { region, .. }) = self.control.pop() else {
            return self.error("Unexpected token", it.span.start);
        };
        let ranges = self.end_region(region);
        self.code.jump(next);
        let mark = self.next;
        let error = self.temp()?;
        self.handle(ranges, error);
        self.close_and_throw(iterator, it.r#await, error)?;
        self.free(mark);
        self.control.pop();
        self.code.bind(end);
        self.scope = outer;
        Ok(())
    }

    /// The register of a loop variable that may take each value as it comes.
    pub(super) fn direct_variable(
        &mut self,
        scope: u32,
        left: &ForStatementLeft<'a>,
    ) -> Res<Option<Reg>> {
        let ForStatementLeft::VariableDeclaration(head) = left else {
            return Ok(None);
        };
        // Not `var`: its value outlives the loop, and the last step may write over it.
        if !matches!(
            head.kind,
            VariableDeclarationKind::Let | VariableDeclarationKind::Const
        ) {
            return Ok(None);
        }
        let Some(BindingPattern::BindingIdentifier(id)) = head.declarations.first().map(|d| &d.id)
        else {
            return Ok(None);
        };
        let symbol = get_symbol(&id.symbol_id);
        let analysis = &self.unit.analysis;
        let plain = analysis
            .symbols
            .get(symbol as usize)
            .is_some_and(|entry| !entry.captured && !self.starts_as_hole(symbol));
        if !plain || analysis.scopes[scope as usize].has_env {
            return Ok(None);
        }
        self.enter_scope(scope)?;
        Ok(self.register_of(symbol))
    }

    /// One step of an iterator: `value` gets the next value, or control goes to `end`. A fast iterator goes to `fast`;
    /// the other way ends by falling through.
    pub(super) fn step(
        &mut self,
        iterator: Reg,
        value: Reg,
        is_async: bool,
        fast: Option<Label>,
        end: Label,
        pos: u32,
    ) -> Res<()> {
        let mark = self.next;
        let result = self.temp()?;
        let done = self.temp()?;
        self.code.at(pos);
        if let Some(fast) = fast
            && !is_async
        {
            self.code
                .jump_w1(Op::IterStep, 0, value, iterator, fast, Some(end));
        }
        self.call_method(result, iterator + 1, iterator)?;
        if is_async {
            self.code.emit(Op::Await, 0, result, result, 0);
        }
        self.code.emit(Op::CheckIterResult, 0, result, 0, 0);
        self.get_prop(done, result, "done", pos);
        self.code.jump_if(Op::JumpTrue, done, end);
        self.get_prop(value, result, "value", pos);
        self.free(mark);
        Ok(())
    }
}

fn using_head<'n, 'a>(left: &'n ForStatementLeft<'a>) -> Option<&'n VariableDeclaration<'a>> {
    match left {
        ForStatementLeft::VariableDeclaration(head)
            if matches!(
                head.kind,
                VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing
            ) =>
        {
            Some(head)
        }
        _ => None,
    }
}
