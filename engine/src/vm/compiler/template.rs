//! Template literals, plain and tagged.

use oxc_ast::ast::{Expression, TaggedTemplateExpression, TemplateElement, TemplateLiteral};
use oxc_span::GetSpan;

use super::emitter::{text_of, text_of_lone};
use super::function::{Gen, Reg, Res};
use crate::vm::bytecode::{Op, TemplateSite, Text};

impl<'a> Gen<'a, '_> {
    pub(super) fn template(&mut self, it: &TemplateLiteral<'a>, want: Option<Reg>) -> Res<Reg> {
        let mark = self.next;
        let mut parts = 0u32;
        let mut first = None;
        for (index, quasi) in it.quasis.iter().enumerate() {
            let text = cooked(quasi).unwrap_or_else(|| text_of(""));
            let empty = matches!(&text, Text::Latin1(bytes) if bytes.is_empty());
            if !empty || (it.expressions.is_empty() && index == 0) {
                let reg = self.temp()?;
                first.get_or_insert(reg);
                parts += 1;
                let constant = if quasi.lone_surrogates || quasi.value.cooked.is_none() {
                    self.text_constant(text)
                } else {
                    self.code
                        .name(quasi.value.cooked.map_or("", |text| text.as_str()))
                };
                self.code.emit_w1(Op::LoadConst, 0, reg, 0, 0, constant);
            }
            if let Some(expression) = it.expressions.get(index) {
                let reg = self.temp()?;
                first.get_or_insert(reg);
                parts += 1;
                let inner = self.next;
                let value = self.expr(expression, None)?;
                self.free(inner);
                self.code.at(expression.span().start);
                self.code.emit(Op::ToString, 0, reg, value, 0);
            }
        }
        let first = first.unwrap_or(0);
        self.free(mark);
        let dst = self.or_temp(want)?;
        if parts == 1 {
            self.mov(dst, first);
        } else {
            self.code.emit(Op::Concat, 0, dst, first, parts as i16);
        }
        Ok(dst)
    }

    pub(super) fn tagged_template(
        &mut self,
        it: &TaggedTemplateExpression<'a>,
        want: Option<Reg>,
    ) -> Res<Reg> {
        let mark = self.next;
        let window = self.window()?;
        let (has_this, _) = self.callee_into(&it.tag, window)?;
        let pos = it.quasi.span.start;
        let parts = it
            .quasi
            .quasis
            .iter()
            .map(|quasi| (cooked(quasi), text_of(quasi.value.raw.as_str())))
            .collect();
        let site = self.templates.len() as u64;
        self.templates.push(TemplateSite { parts });
        let strings = self.temp()?;
        self.code.emit_w1(Op::GetTemplate, 0, strings, 0, 0, site);
        for expression in &it.quasi.expressions {
            self.argument(expression)?;
        }
        let count = it.quasi.expressions.len() + 1;
        self.free(mark);
        let dst = self.or_temp(want)?;
        self.code.at(pos);
        self.code
            .emit(Op::Call, u8::from(!has_this), dst, window, count as i16);
        Ok(dst)
    }

    /// Evaluates an expression into the next register.
    pub(super) fn argument(&mut self, it: &Expression<'a>) -> Res<()> {
        let reg = self.temp()?;
        let mark = self.next;
        self.expr(it, Some(reg))?;
        self.free(mark);
        Ok(())
    }
}

fn cooked(quasi: &TemplateElement<'_>) -> Option<Text> {
    let text = quasi.value.cooked?;
    Some(if quasi.lone_surrogates {
        text_of_lone(text.as_str())
    } else {
        text_of(text.as_str())
    })
}
