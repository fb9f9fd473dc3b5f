//! What `JSON.parse` says of bad text, in V8's words. Backend-independent.

/// What is wrong, and at which code unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonFault {
    /// The text ends too early.
    End,
    /// A code unit that cannot stand here.
    Token(usize),
    /// One of V8's fixed phrases, followed by the position.
    Phrase(&'static str, usize),
}

/// How many code units V8 shows on each side of an unexpected token.
const CONTEXT: usize = 10;

impl JsonFault {
    /// The message about `text`, given as code units.
    pub(crate) fn message(self, text: &[u16]) -> String {
        match self {
            Self::End => "Unexpected end of JSON input".to_owned(),
            Self::Phrase(phrase, at) => {
                let before = text.get(..at.min(text.len())).unwrap_or_default();
                let line = before.iter().filter(|&&unit| unit == 10).count() + 1;
                let column = before.iter().rev().take_while(|&&unit| unit != 10).count() + 1;
                format!("{phrase} at position {at} (line {line} column {column})")
            }
            Self::Token(at) => token_message(text, at),
        }
    }
}

fn token_message(text: &[u16], at: usize) -> String {
    let show = |from: usize, to: usize| {
        String::from_utf16_lossy(text.get(from..to.min(text.len())).unwrap_or_default())
    };
    let whole = show(0, text.len());
    // What the most common mistakes look like as text.
    if ["undefined", "[object Object]", "NaN", "Infinity"].contains(&whole.as_str()) {
        return format!("\"{whole}\" is not valid JSON");
    }
    let token = show(at, at + 1);
    let around = if text.len() <= 2 * CONTEXT {
        format!("\"{whole}\"")
    } else {
        let (from, to) = (at.saturating_sub(CONTEXT), at + CONTEXT);
        let before = if at < CONTEXT { "" } else { "..." };
        let after = if to >= text.len() { "" } else { "..." };
        format!("{before}\"{}\"{after}", show(from, to))
    };
    format!("Unexpected token '{token}', {around} is not valid JSON")
}
