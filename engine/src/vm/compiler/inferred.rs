//! Names that stack traces give to anonymous functions: from the property or variable that they are assigned to.
//!
//! `exports.run = function () {}` makes a function without a name of its own; traces call it `exports.run`. Nothing but
//! traces sees such a name. Source: traces that V8 writes.

use oxc_ast::ast::*;
use oxc_span::GetSpan;

use super::function::Gen;

/// A chain of members longer than this has no name.
const MAX_LINKS: usize = 32;

impl<'a> Gen<'a, '_> {
    /// Notes what the functions that `value` may be are called after the property that gets them.
    pub(super) fn infer_from_member(&self, member: &MemberExpression<'a>, value: &Expression<'a>) {
        if may_be_function(value)
            && let Some(name) = self.member_name(member)
        {
            self.infer(value, &name, 0);
        }
    }

    /// Notes what the functions that `value` may be are called after the variable that gets it, where the language does
    /// not give them that name.
    pub(super) fn infer_from_name(&self, name: &str, value: &Expression<'a>) {
        if matches!(
            value,
            Expression::ArrayExpression(_)
                | Expression::ConditionalExpression(_)
                | Expression::LogicalExpression(_)
        ) {
            self.infer(value, name, 0);
        }
    }

    fn infer(&self, value: &Expression<'a>, name: &str, depth: usize) {
        if depth > MAX_LINKS {
            return;
        }
        match value {
            Expression::FunctionExpression(_)
            | Expression::ArrowFunctionExpression(_)
            | Expression::ClassExpression(_) => {
                let start = value.span().start;
                let before = self.unit.source.text.get(..start as usize);
                if before.is_none_or(|before| !before.ends_with('(')) {
                    let mut names = self.unit.inferred.borrow_mut();
                    names.entry(start).or_insert_with(|| name.to_owned());
                }
            }
            Expression::ConditionalExpression(it) => {
                self.infer(&it.consequent, name, depth + 1);
                self.infer(&it.alternate, name, depth + 1);
            }
            Expression::LogicalExpression(it) => self.infer(&it.right, name, depth + 1),
            Expression::ArrayExpression(it) => {
                for element in &it.elements {
                    if let Some(value) = element.as_expression() {
                        self.infer(value, name, depth + 1);
                    }
                }
            }
            Expression::AssignmentExpression(it) => {
                if let Some(member) = it.left.as_member_expression()
                    && let Some(inner) = self.member_name(member)
                {
                    self.infer(&it.right, &format!("{name}.{inner}"), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The names of the chain, with dots between; `this` is the constructor around, `prototype` goes without saying.
    fn member_name(&self, member: &MemberExpression<'a>) -> Option<String> {
        let mut parts = Vec::new();
        let mut at = Some(member);
        while let Some(member) = at {
            if parts.len() > MAX_LINKS {
                return None;
            }
            match member {
                MemberExpression::StaticMemberExpression(it) => {
                    parts.push(it.property.name.to_string());
                }
                MemberExpression::PrivateFieldExpression(it) => {
                    parts.push(format!("#{}", it.field.name));
                }
                MemberExpression::ComputedMemberExpression(it) => {
                    parts.push(match &it.expression {
                        Expression::StringLiteral(key) => key.value.to_string(),
                        _ => "<computed>".to_owned(),
                    });
                }
            }
            let mut object = member.object();
            while let Expression::CallExpression(call) = object {
                if parts.len() > MAX_LINKS {
                    return None;
                }
                object = &call.callee;
            }
            match object {
                Expression::Identifier(id) => parts.push(id.name.to_string()),
                Expression::ThisExpression(_) => {
                    let around = self.meta.name.as_ref().map(|name| name.to_string_lossy());
                    parts.extend(around.filter(|name| name.starts_with(char::is_uppercase)));
                }
                _ => {}
            }
            at = object.as_member_expression();
        }
        parts.retain(|part| part != "prototype");
        parts.reverse();
        Some(parts.join("."))
    }
}

/// Is it worth to look for a name?
fn may_be_function(value: &Expression<'_>) -> bool {
    matches!(
        value,
        Expression::FunctionExpression(_)
            | Expression::ArrowFunctionExpression(_)
            | Expression::ClassExpression(_)
            | Expression::ConditionalExpression(_)
            | Expression::LogicalExpression(_)
            | Expression::ArrayExpression(_)
            | Expression::AssignmentExpression(_)
    )
}
