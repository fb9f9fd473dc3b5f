//! Positions that V8 gives and the syntax tree does not hold: of operators, and of a call's parenthesis.
//!
//! They are found again in the source, a few bytes behind a node that is known.

use oxc_ast::ast::Expression;
use oxc_span::{GetSpan, Span};

use super::function::Gen;

impl<'a> Gen<'a, '_> {
    /// The first byte at or after `end` that is no blank, comment or closing parenthesis: the operator behind an operand.
    pub(super) fn operator_after(&self, end: u32) -> u32 {
        skip(self.unit.source.text.as_bytes(), end as usize, b")").unwrap_or(end as usize) as u32
    }

    /// Where a call is: at the identifier before its parenthesis, else at the parenthesis.
    pub(super) fn call_position(&self, callee: &Expression<'a>, name: Option<u32>) -> u32 {
        call_position_in(self.unit.source.text.as_bytes(), callee.span(), name)
    }
}

/// Where the call of a callee that lies at `callee` is, with the identifier at `name` at its end, if one is there.
pub(in crate::vm) fn call_position_in(bytes: &[u8], callee: Span, name: Option<u32>) -> u32 {
    let end = callee.end as usize;
    if let Some(name) = name
        && skip(bytes, end, b"").is_some_and(|at| bytes.get(at) == Some(&b'('))
    {
        return name;
    }
    match skip(bytes, end, b")?.") {
        Some(at) if bytes.get(at) == Some(&b'(') => at as u32,
        _ => name.unwrap_or(callee.start),
    }
}

/// Past blanks, comments and bytes of `also`, from `at` on. `None` at the end.
fn skip(bytes: &[u8], mut at: usize, also: &[u8]) -> Option<usize> {
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let rest = bytes.get(at + 2..)?;
                at += 4 + rest.windows(2).position(|pair| pair == b"*/")?;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += bytes.get(at..)?.iter().position(|&byte| byte == b'\n')?;
            }
            _ if also.contains(&byte) => at += 1,
            _ => return Some(at),
        }
    }
}
