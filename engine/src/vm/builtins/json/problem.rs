//! What is wrong with a text, in V8's words.

use crate::vm::{
    machine::{Throw, Vm},
    text::CodeUnit,
};

/// Texts up to this long are quoted whole.
const MAX_WHOLE: usize = 20;
/// Units quoted before and from the position in longer ones.
const CONTEXT: usize = 10;

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem {
    /// A unit that cannot stand here, or the end.
    Token,
    /// Something after the value.
    Trailing,
    /// What V8 says, without the position.
    Message(&'static str),
}

/// The `SyntaxError` for a problem at `at`.
pub(super) fn throw<U: CodeUnit>(vm: &mut Vm, text: &[U], at: usize, problem: Problem) -> Throw {
    let message = match problem {
        Problem::Message(message) => format!("{message} in JSON at position {at}"),
        Problem::Trailing => {
            format!("Unexpected non-whitespace character after JSON at position {at}")
        }
        Problem::Token if at >= text.len() => "Unexpected end of JSON input".to_owned(),
        Problem::Token => token(text, at),
    };
    vm.throw_syntax(message)
}

fn token<U: CodeUnit>(text: &[U], at: usize) -> String {
    let lossy = |start: usize, end: usize| {
        let units: Vec<u16> = text
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .map(|unit| unit.code())
            .collect();
        String::from_utf16_lossy(&units)
    };
    if text.len() <= MAX_WHOLE {
        let whole = lossy(0, text.len());
        // What the most common mistakes look like as text.
        if matches!(
            whole.as_str(),
            "undefined" | "[object Object]" | "NaN" | "Infinity"
        ) {
            return format!("\"{whole}\" is not valid JSON");
        }
    }
    let unit = lossy(at, at + 1);
    if text.len() <= MAX_WHOLE {
        return format!(
            "Unexpected token '{unit}', \"{}\" is not valid JSON",
            lossy(0, text.len())
        );
    }
    let (start, end) = (at.saturating_sub(CONTEXT), (at + CONTEXT).min(text.len()));
    let before = if start > 0 { "..." } else { "" };
    let after = if end < text.len() { "..." } else { "" };
    format!(
        "Unexpected token '{unit}', {before}\"{}\"{after} is not valid JSON",
        lossy(start, end)
    )
}
