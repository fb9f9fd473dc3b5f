//! How deeply a source nests, found before a recursive parser sees it. Backend-independent.
//!
//! Two things make a recursive-descent parser recurse: open brackets, and chains that lean right (`!!!x`, `a ? b : c ? d`,
//! `x => y => z`, `else if`). One pass over the bytes counts both; it knows strings, templates and comments, and guesses
//! regular expressions by what stands before the slash. It need not be exact: it only has to come before the stack ends.

/// A chain may be this many times longer than brackets may nest: its links cost the parser less.
const CHAIN_FACTOR: usize = 10;

/// Does the word let a chain grow?
fn is_chain_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"if"
            | b"else"
            | b"for"
            | b"while"
            | b"do"
            | b"new"
            | b"typeof"
            | b"void"
            | b"delete"
            | b"await"
            | b"yield"
            | b"with"
    )
}

/// Does `source` nest deeper than `limit` brackets, or chain longer than ten times that?
pub(crate) fn exceeds(source: &str, limit: usize) -> bool {
    scan(source, limit, false)
}

/// As [`exceeds`]; chains that lean left (`a.b.c`, `a && b && c`, `f()()()`) count too: walks over the tree recurse there,
/// even where the parser does not.
#[cfg(feature = "vm")]
pub(crate) fn exceeds_any_way(source: &str, limit: usize) -> bool {
    scan(source, limit, true)
}

fn scan(source: &str, limit: usize, left: bool) -> bool {
    let bytes = source.as_bytes();
    // Nothing can nest deeper than the source is long.
    bytes.len() > limit
        && Scan {
            bytes,
            at: 0,
            open: Vec::new(),
            chain: 0,
            previous: b';',
            left,
        }
        .exceeds(limit)
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// For each open bracket, the chain that goes on after it; `true` marks a template's `${`.
    open: Vec<(usize, bool)>,
    /// Links since the last `;` or `,` of this level.
    chain: usize,
    /// The last byte that was no space or comment.
    previous: u8,
    /// Do chains that lean left count?
    left: bool,
}

impl Scan<'_> {
    fn exceeds(mut self, limit: usize) -> bool {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => continue,
                b'"' | b'\'' => self.skip_string(byte),
                b'`' => {
                    self.chain += usize::from(self.left);
                    self.skip_template();
                }
                b'/' if self.skip_comment() => continue,
                b'/' if self.regexp_may_start() => self.skip_regexp(),
                b'(' | b'[' | b'{' => self.push(false),
                b')' | b']' | b'}' => self.pop(byte),
                b';' | b',' => self.chain = 0,
                b'!' | b'~' | b'?' | b'=' | b'*' | b'+' | b'-' | b':' => self.chain += 1,
                b'.' | b'&' | b'|' | b'^' | b'%' | b'<' | b'>' | b'/' if self.left => {
                    self.chain += 1;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => self.word(),
                _ => {}
            }
            self.previous = byte;
            if self.open.len() > limit || self.chain > limit.saturating_mul(CHAIN_FACTOR) {
                return true;
            }
        }
        false
    }

    fn push(&mut self, template: bool) {
        self.open
            .push((self.chain + usize::from(self.left), template));
        self.chain = 0;
    }

    fn pop(&mut self, byte: u8) {
        let Some((chain, template)) = self.open.pop() else {
            return;
        };
        self.chain = chain;
        if byte == b'}' && template {
            self.skip_template();
        } else if byte == b'}' && self.statement_follows() {
            self.chain = 0;
        }
    }

    /// After a block: does a word other than `else` begin?
    fn statement_follows(&self) -> bool {
        let rest = self
            .bytes
            .get(self.at..)
            .unwrap_or_default()
            .trim_ascii_start();
        rest.first().is_none_or(u8::is_ascii_alphabetic) && !rest.starts_with(b"else")
    }

    fn word(&mut self) {
        let start = self.at - 1;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'_' || b == b'$')
        {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let infix = self.left && matches!(word, b"in" | b"instanceof");
        if self.previous != b'.' && (infix || is_chain_word(word)) {
            self.chain += 1;
        }
    }

    fn skip_string(&mut self, quote: u8) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' => break,
                _ if byte == quote => break,
                _ => {}
            }
        }
    }

    /// From inside a template's text to its end, or to a `${`.
    fn skip_template(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => break,
                b'$' if self.bytes.get(self.at) == Some(&b'{') => {
                    self.at += 1;
                    self.push(true);
                    break;
                }
                _ => {}
            }
        }
    }

    /// Skips a comment that the slash just read begins.
    fn skip_comment(&mut self) -> bool {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let len = match self.bytes.get(self.at) {
            Some(b'/') => rest.iter().position(|&b| b == b'\n'),
            Some(b'*') => rest
                .windows(2)
                .position(|pair| pair == b"*/")
                .map(|at| at + 2),
            _ => return false,
        };
        self.at = len.map_or(self.bytes.len(), |len| self.at + 1 + len);
        true
    }

    /// A slash divides after a value and begins a regular expression elsewhere. (After `)` or a word it may do either;
    /// then it counts as division, which at worst counts a few brackets of a pattern.)
    fn regexp_may_start(&self) -> bool {
        matches!(
            self.previous,
            b'(' | b',' | b'=' | b':' | b'[' | b'!' | b'&' | b'|' | b'?' | b'{' | b'}' | b';'
        )
    }

    fn skip_regexp(&mut self) {
        let mut class = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'\n' => break,
                b'/' if !class => break,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::exceeds;

    #[test]
    fn deep_sources_are_found() {
        for unit in ["(", "[", "{a:", "`${", "function f(){", "class{m(){"] {
            assert!(exceeds(&unit.repeat(101), 100), "{unit}");
            assert!(!exceeds(&unit.repeat(40), 100), "{unit}");
        }
        for unit in [
            "!",
            "a?b:",
            "x=>",
            "typeof ",
            "if(0)",
            "if(0){x;}else ",
            "- ",
            "1**",
        ] {
            assert!(exceeds(&unit.repeat(1001), 100), "{unit}");
        }
    }

    #[test]
    fn text_and_flat_code_do_not_count() {
        let flat = [
            "'(['",
            "\"{{\"",
            "`((`",
            "/*(((*/ ",
            "//(((\n",
            "x = /[(]\\(/;",
            "f(a, b);",
            "if (a) { b } ",
            "a = !b;",
        ];
        for unit in flat {
            assert!(!exceeds(&unit.repeat(2000), 100), "{unit}");
        }
        assert!(!exceeds(
            "'\\'((((((((((((((((((((((((((((((((((((((((((",
            10
        ));
    }
}
