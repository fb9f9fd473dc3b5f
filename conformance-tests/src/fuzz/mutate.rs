//! Damage to programs: bytes, tokens and whole pieces are removed, doubled, swapped or taken from elsewhere.

use super::Rng;

/// What programs are full of, and what is rare in them.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    "?",
    "?.",
    "??",
    "...",
    "=>",
    "=",
    "==",
    "**",
    "++",
    "--",
    "!",
    "~",
    "&&=",
    "`",
    "${",
    "'",
    "\"",
    "/",
    "/*",
    "*/",
    "//",
    "<!--",
    "-->",
    "#!",
    "#a",
    "@",
    "\\",
    "\\u{61}",
    "\n",
    "\r",
    "\u{2028}",
    "0",
    "1n",
    ".5",
    "1e400",
    "0x",
    "0b2",
    "1_0",
    "08",
    "/a(?<b>c)/v",
    "/[/",
    "let",
    "const",
    "var",
    "using",
    "await",
    "yield",
    "async",
    "function",
    "function*",
    "class",
    "extends",
    "static",
    "get",
    "set",
    "super",
    "super()",
    "this",
    "new",
    "new.target",
    "import",
    "import.meta",
    "export",
    "default",
    "return",
    "throw",
    "try{",
    "}catch{",
    "}finally{",
    "switch",
    "case",
    "break",
    "continue",
    "do",
    "while",
    "for(",
    "for await(",
    "of",
    "in",
    "instanceof",
    "typeof",
    "void",
    "delete",
    "with",
    "if",
    "else",
    "debugger",
    "eval",
    "arguments",
    "a:",
    "null",
    "undefined",
    "enum",
    "implements",
    "'use strict';",
    "\u{FEFF}",
    "\u{0}",
    "\u{10FFFF}",
    "é",
];

/// A damaged `program`; pieces may come from `other`.
#[must_use]
pub fn mutate(rng: &mut Rng, program: &str, other: &str) -> String {
    let mut tokens: Vec<&str> = split(program);
    let others = split(other);
    for _ in 0..=rng.below(6) {
        let at = rng.below(tokens.len() + 1);
        let len = rng.below(8).min(tokens.len() - at);
        match rng.below(7) {
            0 => tokens.insert(at, rng.pick(PIECES)),
            1 => drop(tokens.drain(at..at + len)),
            2 => {
                let copy = tokens[at..at + len].to_vec();
                let times = if rng.once_in(8) { 200 } else { 1 };
                for _ in 0..times {
                    tokens.splice(at..at, copy.iter().copied());
                }
            }
            3 if !tokens.is_empty() => {
                let (a, b) = (rng.below(tokens.len()), rng.below(tokens.len()));
                tokens.swap(a, b);
            }
            4 => {
                let from = rng.below(others.len() + 1);
                let end = (from + rng.below(30)).min(others.len());
                tokens.splice(at..at, others[from..end].iter().copied());
            }
            5 if at < tokens.len() => tokens[at] = rng.pick(PIECES),
            _ => tokens.truncate(tokens.len() - len),
        }
    }
    let mut text = tokens.concat();
    text.truncate(
        (0..=20_000.min(text.len()))
            .rev()
            .find(|&at| text.is_char_boundary(at))
            .unwrap_or(0),
    );
    text
}

/// Words, numbers, and single characters.
fn split(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let word = c.is_alphanumeric() || c == '_' || c == '$';
        if !(word && in_word) && at > start {
            tokens.push(&text[start..at]);
            start = at;
        }
        in_word = word;
    }
    tokens.push(&text[start..]);
    tokens
}
