//! Words: which of them are operators, which begin statements, which are names.

use super::scan::{Body, Expect, Kind, Last, Scan};

/// What a word is to the pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// An identifier, or a keyword that is an operand.
    Name,
    /// `if`, `for`, `while`, `switch`, `catch`: a head in parentheses follows.
    Head,
    /// `with`, which also stands before import attributes; its head is the same.
    With,
    /// `let`, `const`, `var`, `using`
    Declare,
    Import,
    Default,
    Class,
    Async,
    Await,
    Yield,
    Static,
    /// `return`, `break`, ...: what follows on the next line begins a statement.
    Restricted,
}

impl Scan<'_> {
    pub(super) fn word(&mut self) {
        let start = self.at;
        let escaped = self.skip_word();
        if self.at == start {
            // A byte of a character that is no letter.
            self.at += 1;
            return;
        }
        let bytes = self.bytes;
        let word = bytes.get(start..self.at).unwrap_or_default();
        if self.is_name_here(word, escaped) {
            return self.name(word);
        }
        if self.expect == Expect::Operator && self.infix(word) {
            return;
        }
        self.word_begins(word);
        let first = self.statement;
        self.statement = false;
        if !self.of_statement(word, first) && !self.of_operand(word, first) {
            self.last = Last::Word(Word::Name, first);
            self.expect = Expect::Operator;
        }
    }

    /// After a dot, in place of a property's name or of a function's, every word is a name.
    fn is_name_here(&self, word: &[u8], escaped: bool) -> bool {
        self.last == Last::Dot
            || self.expect == Expect::Member
            || self.level.function.is_some()
            || (matches!(self.last, Last::Word(Word::Class, _)) && word != b"extends")
            || (escaped && self.expect != Expect::Operator)
    }

    fn name(&mut self, word: &[u8]) {
        if self.expect == Expect::Member {
            self.level.is_async |= word == b"async";
            self.last = if word == b"static" {
                Last::Word(Word::Static, false)
            } else {
                Last::Other
            };
            return;
        }
        let first = self.statement;
        if self.level.function.is_none() {
            self.begin(false);
        }
        self.operand_ends();
        self.last = Last::Word(Word::Name, first);
    }

    /// Words between two operands.
    fn infix(&mut self, word: &[u8]) -> bool {
        match word {
            b"in" | b"instanceof" => self.link_left(),
            b"of" if self.level.kind == Kind::Head => {}
            b"extends" => self.link(),
            _ => return false,
        }
        self.operand_due();
        true
    }

    /// A word where an operator was due begins a statement, except behind `async`, `let` and the like.
    fn word_begins(&mut self, word: &[u8]) {
        if self.expect == Expect::Operator {
            let joined = match self.last {
                Last::Word(Word::Async | Word::Declare | Word::Yield | Word::Import, _) => {
                    !self.newline
                }
                Last::Word(Word::Await, _) => true,
                _ => false,
            };
            if joined {
                self.statement = matches!(self.last, Last::Word(Word::Async, true));
                return;
            }
            self.end_statement();
        }
        self.begin(matches!(word, b"else" | b"while" | b"catch" | b"finally"));
    }

    /// Keywords that begin statements, or go on with them.
    fn of_statement(&mut self, word: &[u8], first: bool) -> bool {
        let mut kind = Word::Name;
        let mut statement = false;
        match word {
            b"if" | b"for" | b"while" => {
                self.link_statement();
                kind = Word::Head;
            }
            b"switch" => kind = Word::Head,
            b"catch" => {
                statement = true;
                kind = Word::Head;
            }
            b"with" => {
                self.link_statement();
                kind = Word::With;
            }
            b"else" | b"do" => {
                self.link_statement();
                statement = true;
            }
            b"try" | b"finally" => statement = true,
            b"export" => {
                statement = true;
                kind = Word::Import;
            }
            b"default" => {
                statement = true;
                kind = Word::Default;
                self.level.clause = true;
            }
            b"case" => self.level.clause = true,
            b"var" | b"const" => kind = Word::Declare,
            b"import" => kind = Word::Import,
            b"break" | b"continue" | b"debugger" => {
                statement = true;
                kind = Word::Restricted;
            }
            b"return" => kind = Word::Restricted,
            _ => return false,
        }
        self.expect = Expect::Operand;
        self.statement = statement;
        self.last = Last::Word(kind, first);
        true
    }

    /// Keywords of expressions.
    fn of_operand(&mut self, word: &[u8], first: bool) -> bool {
        let mut kind = Word::Name;
        let mut expect = Expect::Operand;
        match word {
            b"typeof" | b"void" | b"delete" | b"new" | b"throw" | b"in" | b"instanceof" => {
                self.link();
            }
            b"extends" => self.link(),
            b"yield" => {
                self.link();
                kind = Word::Yield;
                if !self.level.in_generator {
                    expect = Expect::Operator;
                }
            }
            b"await" => {
                self.link();
                // `for await (`
                if matches!(self.last, Last::Word(Word::Head, _)) {
                    return true;
                }
                kind = Word::Await;
                if !self.level.in_async {
                    expect = Expect::Operator;
                }
            }
            b"function" => {
                let after = if first {
                    Body::Statement
                } else {
                    Body::Operator
                };
                self.level.is_async = matches!(self.last, Last::Word(Word::Async, _));
                self.level.star = false;
                self.level.function = Some(after);
            }
            b"class" => {
                if self.level.classes == 0 {
                    self.level.class_is_operand = !first;
                }
                self.level.classes += 1;
                self.link();
                kind = Word::Class;
            }
            b"async" => (kind, expect) = (Word::Async, Expect::Operator),
            b"let" | b"using" => (kind, expect) = (Word::Declare, Expect::Operator),
            _ => return false,
        }
        self.expect = expect;
        self.last = Last::Word(kind, first);
        true
    }
}
