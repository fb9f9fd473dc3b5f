//! What strict mode forbids: octal numbers and escapes, `delete x`, `with`; and directives that may not be there.

use oxc_ast::ast::*;

use super::super::analysis::Walker;

const OCTAL_ESCAPE: &str = "Octal escape sequences are not allowed in strict mode.";

impl<'a> Walker<'a> {
    pub(in crate::vm::compiler) fn check_number(&mut self, it: &NumericLiteral<'a>) {
        let Some(raw) = it.raw.as_ref().filter(|_| self.strict) else {
            return;
        };
        let digits = raw.as_str().as_bytes();
        if !matches!(digits, [b'0', b'0'..=b'9', ..]) {
            return;
        }
        let octal = digits.iter().all(|digit| matches!(digit, b'0'..=b'7'));
        let message = if octal {
            "Octal literals are not allowed in strict mode."
        } else {
            "Decimals with leading zeros are not allowed in strict mode."
        };
        self.early.report(it.span.start, message);
    }

    pub(in crate::vm::compiler) fn check_string(&mut self, it: &StringLiteral<'a>) {
        if !self.strict {
            return;
        }
        // A text without escapes is as long as its literal between the quotes.
        if let Some(raw) = it.raw.as_ref()
            && raw.len() != it.value.len() + 2
        {
            self.check_escapes(raw.as_str(), it.span.start);
        }
    }

    fn check_escapes(&mut self, raw: &str, start: u32) {
        let mut rest = raw.as_bytes();
        while let Some(at) = rest.iter().position(|&byte| byte == b'\\') {
            let place = start + (raw.len() - rest.len() + at + 1) as u32;
            let after = rest.get(at + 1..).unwrap_or_default();
            match after {
                [b'0', b'0'..=b'9', ..] | [b'1'..=b'7', ..] => {
                    return self.early.report(place, OCTAL_ESCAPE);
                }
                [b'8' | b'9', ..] => {
                    let message = "\\8 and \\9 are not allowed in strict mode.";
                    return self.early.report(place - 1, message);
                }
                _ => rest = after.get(1..).unwrap_or_default(),
            }
        }
    }

    /// Checks a property's name that is no expression.
    pub(in crate::vm::compiler) fn check_key(&mut self, key: &PropertyKey<'a>) {
        match key {
            PropertyKey::NumericLiteral(it) => self.check_number(it),
            PropertyKey::StringLiteral(it) => self.check_string(it),
            _ => {}
        }
    }

    /// Checks the directives of code that is now known to be strict or not.
    pub(in crate::vm::compiler) fn check_directives(&mut self, list: &[Directive<'a>]) {
        if self.strict {
            for directive in list {
                self.check_escapes(&directive.directive, directive.span.start + 1);
            }
        }
    }

    /// Checks that a function with patterns, defaults or a rest does not call itself strict.
    pub(in crate::vm::compiler) fn check_use_strict(&mut self, list: &[Directive<'a>]) {
        let strict = list.iter().find(|it| it.directive == "use strict");
        if let Some(directive) = strict {
            let message =
                "Illegal 'use strict' directive in function with non-simple parameter list";
            self.early.report(directive.span.start, message);
        }
    }

    pub(in crate::vm::compiler) fn check_with(&mut self, it: &WithStatement<'a>) {
        if self.strict {
            let message = "Strict mode code may not include a with statement";
            self.early.report(it.span.start, message);
        }
        self.check_substatement(&it.body);
    }

    pub(in crate::vm::compiler) fn check_delete(&mut self, argument: &Expression<'a>) {
        match argument {
            Expression::Identifier(id) if self.strict => {
                let message = "Delete of an unqualified identifier in strict mode.";
                self.early.report(id.span.start, message);
            }
            Expression::PrivateFieldExpression(it) => self.delete_private(it.field.span.start),
            Expression::ChainExpression(it) => {
                if let ChainElement::PrivateFieldExpression(it) = &it.expression {
                    self.delete_private(it.field.span.start);
                }
            }
            _ => {}
        }
    }

    fn delete_private(&mut self, at: u32) {
        self.early.report(at, "Private fields can not be deleted");
    }
}
