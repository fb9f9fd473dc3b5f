//! The pass itself: what may come next, which brackets are open, how long the chains are.

use super::{BRACKET, Goal, words::Word};

/// How many commas may stand between parameters: the parser's work on them grows with their square.
const MAX_COMMAS: usize = 16_000;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// An operand, or a statement: a slash begins a regular expression.
    Operand,
    /// An operator: a slash divides.
    Operator,
    /// The name of a property, or what may stand before it.
    Member,
}

/// The last token, where it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// Any other.
    Other,
    /// `.`, `?.` or `#`: a name follows.
    Dot,
    /// `=>`
    Arrow,
    /// The `}` of an arrow function's body.
    ArrowBody,
    /// A word; did a statement begin with it?
    Word(Word, bool),
    /// The `)` of a statement's head.
    Head,
    /// The `)` of parameters; of an expression? of a generator? of an async function?
    Params {
        after: After,
        generator: bool,
        is_async: bool,
    },
}

/// What a bracket closes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// An operand that is complete.
    Operator,
    /// A statement that is complete.
    Statement,
    /// The body of an arrow function: an operand, but one that no operator follows.
    Arrow,
    /// A property's name, or a method.
    Member,
    /// A template's text goes on.
    Template,
    /// The head of a statement.
    Head,
    /// The parameters of a function with this body.
    Params {
        body: Body,
        generator: bool,
        is_async: bool,
    },
}

/// What the body of a function closes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Operator,
    Statement,
    Member,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Statements.
    Block,
    /// An object literal or pattern.
    Object,
    Class,
    /// The head of a statement.
    Head,
    /// Any other round or square bracket, or a template's `${`.
    Group,
}

/// What a bracket level remembers while deeper ones are open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    pub(super) kind: Kind,
    /// Links of the chain of operators.
    chain: usize,
    /// Links of the chain of statements that end in a statement.
    statements: usize,
    /// `?` without their `:`.
    conditionals: usize,
    /// `class` without their bodies.
    pub(super) classes: usize,
    /// Is the first of them an expression?
    pub(super) class_is_operand: bool,
    /// `function` without its parameters, and what its body closes into.
    pub(super) function: Option<Body>,
    /// `case` or `default` without its colon.
    pub(super) clause: bool,
    /// Commas at this level.
    commas: usize,
    /// Stars and `async` before a method's or a function's name.
    pub(super) star: bool,
    pub(super) is_async: bool,
    /// Is this code of a generator, or of an async function?
    pub(super) in_generator: bool,
    pub(super) in_async: bool,
}

pub(super) struct Scan<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) goal: Goal,
    /// Open brackets: what they closes into, and the level outside of them.
    open: Vec<(After, Level)>,
    pub(super) level: Level,
    /// What the open levels cost.
    outer: usize,
    pub(super) expect: Expect,
    pub(super) last: Last,
    /// May a statement begin here?
    pub(super) statement: bool,
    /// Did one just end?
    completed: bool,
    /// Is there a line break since the last token?
    pub(super) newline: bool,
    /// It is not known what the bytes mean from here on: all count.
    pub(super) unsure: bool,
    /// There is something that the parser would take too long for.
    pub(super) refused: bool,
    /// Commas of the bracket that closed last.
    commas: usize,
    #[cfg(test)]
    found: Vec<usize>,
}

impl Level {
    const fn new(kind: Kind, in_generator: bool, in_async: bool) -> Self {
        Self {
            kind,
            chain: 0,
            statements: 0,
            conditionals: 0,
            classes: 0,
            class_is_operand: false,
            function: None,
            clause: false,
            commas: 0,
            star: false,
            is_async: false,
            in_generator,
            in_async,
        }
    }
}

impl<'a> Scan<'a> {
    pub(super) fn new(bytes: &'a [u8], goal: Goal) -> Self {
        Self {
            bytes,
            at: 0,
            goal,
            open: Vec::new(),
            level: Level::new(Kind::Block, false, goal.module),
            outer: 0,
            expect: Expect::Operand,
            last: Last::Other,
            statement: true,
            completed: false,
            newline: true,
            unsure: false,
            refused: false,
            commas: 0,
            #[cfg(test)]
            found: Vec::new(),
        }
    }

    /// Where the regular expressions begin, as far as the pass is sure of them.
    #[cfg(all(test, feature = "vm"))]
    pub(super) fn regexps(mut self) -> (Vec<usize>, bool) {
        self.skip_hashbang();
        while let Some(&byte) = self.bytes.get(self.at).filter(|_| !self.unsure) {
            if !self.skip_space(byte) {
                self.token(byte);
            }
        }
        (self.found, self.unsure)
    }

    pub(super) fn exceeds(mut self, limit: usize) -> bool {
        self.skip_hashbang();
        while let Some(&byte) = self.bytes.get(self.at) {
            if self.unsure {
                return self.outer + self.level.chain + self.count_all() > limit;
            }
            if self.skip_space(byte) {
                continue;
            }
            self.token(byte);
            let total = self.outer + self.level.chain + self.level.statements;
            if total > limit || self.refused {
                return true;
            }
        }
        false
    }

    /// Everything from here on that could nest.
    fn count_all(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mut in_word = false;
        rest.iter().fold(0, |count, byte| {
            let was_in_word = std::mem::replace(&mut in_word, byte.is_ascii_alphanumeric());
            match byte {
                b'(' | b'[' | b'{' => count + BRACKET,
                _ if in_word => count + usize::from(!was_in_word),
                _ => count + usize::from(byte.is_ascii_punctuation()),
            }
        })
    }

    fn token(&mut self, byte: u8) {
        self.look_back(byte);
        if self.unsure {
            return;
        }
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'\\' | 0x80.. => self.word(),
            b'0'..=b'9' => {
                self.operand_begins();
                self.skip_number();
                self.operand_ends();
            }
            b'"' | b'\'' => {
                self.operand_begins();
                self.at += 1;
                self.skip_string(byte);
                self.operand_ends();
            }
            b'`' => {
                // A template after an operand is an argument of it.
                match self.expect {
                    Expect::Operator => self.link_left(),
                    _ => self.begin(false),
                }
                self.at += 1;
                self.template();
            }
            b'(' => self.open_round(),
            b'[' => self.open_square(),
            b'{' => self.open_curly(),
            b')' | b']' | b'}' => self.close(),
            _ => self.punctuator(byte),
        }
        self.newline = false;
    }

    /// What the last token and a line break make of this one.
    fn look_back(&mut self, byte: u8) {
        match self.last {
            // Whether these are operators depends on the function around, and an arrow function is not known when it begins.
            Last::Word(Word::Await | Word::Yield, _) => {
                let other_brace = byte == b'{' && (self.newline || self.expect == Expect::Operator);
                self.unsure = byte == b'/' || other_brace;
                if matches!(
                    byte,
                    b'"' | b'\'' | b'0'..=b'9' | b'#' | b'@' | b'!' | b'~' | b'+' | b'-'
                ) {
                    self.expect = Expect::Operand;
                }
                let yields = matches!(self.last, Last::Word(Word::Yield, _));
                if yields && self.newline && begins_operand(byte) {
                    self.end_statement();
                }
            }
            Last::Word(Word::Restricted, _) | Last::ArrowBody
                if self.newline && begins_operand(byte) =>
            {
                self.end_statement();
            }
            _ => {}
        }
    }

    // ---- operands

    /// A token that begins an operand where an operator was due begins the next statement, or the next member of a class.
    pub(super) fn operand_begins(&mut self) {
        if self.expect == Expect::Operator {
            self.end_statement();
        }
        self.begin(false);
    }

    /// A statement that ended ends its chain too, unless the next word goes on with it.
    pub(super) fn begin(&mut self, goes_on: bool) {
        if self.completed && !goes_on {
            self.level.statements = 0;
        }
        self.completed = false;
    }

    pub(super) fn operand_ends(&mut self) {
        self.last = Last::Other;
        if self.expect != Expect::Member {
            self.expect = Expect::Operator;
            self.statement = false;
        }
    }

    /// An operator came: an operand is due.
    pub(super) fn operand_due(&mut self) {
        self.expect = Expect::Operand;
        self.statement = false;
        self.last = Last::Other;
    }

    /// A statement is complete.
    pub(super) fn end_statement(&mut self) {
        let level = &mut self.level;
        (level.chain, level.conditionals, level.classes) = (0, 0, 0);
        (level.function, level.clause) = (None, false);
        self.last = Last::Other;
        if level.kind == Kind::Class {
            return self.member_due();
        }
        self.completed = true;
        self.expect = Expect::Operand;
        self.statement = !matches!(level.kind, Kind::Head | Kind::Group | Kind::Object);
    }

    pub(super) fn member_due(&mut self) {
        (self.level.star, self.level.is_async) = (false, false);
        self.expect = Expect::Member;
        self.statement = false;
        self.last = Last::Other;
    }

    // ---- chains

    /// A link that the parser recurses into.
    pub(super) fn link(&mut self) {
        self.level.chain += 1;
    }

    /// A link of a chain that leans left.
    pub(super) fn link_left(&mut self) {
        self.level.chain += usize::from(self.goal.left);
    }

    /// A statement that ends in a statement.
    pub(super) fn link_statement(&mut self) {
        self.level.statements += 1;
    }

    // ---- brackets

    fn push(&mut self, kind: Kind, after: After) {
        let inner = Level::new(kind, self.level.in_generator, self.level.in_async);
        self.outer += self.level.chain + self.level.statements + BRACKET;
        self.open.push((after, self.level));
        self.level = inner;
        self.at += 1;
        self.last = Last::Other;
        self.completed = false;
        match kind {
            Kind::Object | Kind::Class => self.member_due(),
            _ => {
                self.expect = Expect::Operand;
                self.statement = kind == Kind::Block;
            }
        }
    }

    fn open_round(&mut self) {
        if let Some(body) = self.level.function.take() {
            let (generator, is_async) = (self.level.star, self.level.is_async);
            (self.level.star, self.level.is_async) = (false, false);
            let after = After::Params {
                body,
                generator,
                is_async,
            };
            return self.push(Kind::Group, after);
        }
        match (self.expect, self.last) {
            (Expect::Member, _) => {
                let (generator, is_async) = (self.level.star, self.level.is_async);
                let after = After::Params {
                    body: Body::Member,
                    generator,
                    is_async,
                };
                self.push(Kind::Group, after);
            }
            (_, Last::Word(Word::Head | Word::With, _)) => self.push(Kind::Head, After::Head),
            (Expect::Operator, _) => {
                self.link_left();
                self.push(Kind::Group, After::Operator);
            }
            (Expect::Operand, _) => {
                self.begin(false);
                self.push(Kind::Group, After::Operator);
            }
        }
    }

    fn open_square(&mut self) {
        match self.expect {
            Expect::Member => self.push(Kind::Group, After::Member),
            Expect::Operator => {
                self.link_left();
                self.push(Kind::Group, After::Operator);
            }
            Expect::Operand => {
                self.begin(false);
                self.push(Kind::Group, After::Operator);
            }
        }
    }

    fn open_curly(&mut self) {
        if self.open_function_body() {
            return;
        }
        let is_class = self.level.classes > 0
            && (self.expect == Expect::Operator || matches!(self.last, Last::Word(Word::Class, _)));
        if is_class {
            self.level.classes -= 1;
            let operand = self.level.classes > 0 || self.level.class_is_operand;
            let after = if operand {
                After::Operator
            } else {
                After::Statement
            };
            return self.push(Kind::Class, after);
        }
        match (self.expect, self.last) {
            (_, Last::Word(Word::Declare, _)) => self.push(Kind::Object, After::Operator),
            (_, Last::Word(Word::Import | Word::With, _)) => self.push(Kind::Object, After::Arrow),
            (_, Last::Word(Word::Default, _)) => self.push(Kind::Object, After::Operator),
            (Expect::Member, _) => self.push(Kind::Block, After::Member),
            (Expect::Operator, _) => {
                self.end_statement();
                self.begin(false);
                self.push(Kind::Block, After::Statement);
            }
            (Expect::Operand, _) if self.statement => {
                self.begin(false);
                self.push(Kind::Block, After::Statement);
            }
            (Expect::Operand, _) => self.push(Kind::Object, After::Operator),
        }
    }

    /// Does the brace open a function's body, or a block behind a statement's head?
    fn open_function_body(&mut self) -> bool {
        match self.last {
            Last::Head => self.push(Kind::Block, After::Statement),
            Last::Arrow => self.push(Kind::Block, After::Arrow),
            Last::Params {
                after,
                generator,
                is_async,
            } => {
                self.push(Kind::Block, after);
                (self.level.in_generator, self.level.in_async) = (generator, is_async);
            }
            _ => return false,
        }
        true
    }

    fn close(&mut self) {
        self.at += 1;
        let Some((after, level)) = self.open.pop() else {
            return;
        };
        self.commas = std::mem::replace(&mut self.level, level).commas;
        self.refused |= matches!(after, After::Params { .. }) && self.commas > MAX_COMMAS;
        self.outer -= self.level.chain + self.level.statements + BRACKET;
        self.completed = false;
        match after {
            After::Operator => {
                self.expect = Expect::Operator;
                self.statement = false;
                self.last = Last::Other;
            }
            After::Statement => self.end_statement(),
            After::Arrow => {
                self.operand_due();
                self.last = Last::ArrowBody;
            }
            After::Member if self.level.kind == Kind::Class || self.level.kind == Kind::Object => {
                self.expect = Expect::Member;
                self.last = Last::Other;
            }
            After::Member => self.operand_ends(),
            After::Template => self.template(),
            After::Head => {
                self.operand_due();
                self.statement = true;
                self.last = Last::Head;
            }
            After::Params {
                body,
                generator,
                is_async,
            } => self.params_end(body, generator, is_async),
        }
    }

    fn params_end(&mut self, body: Body, generator: bool, is_async: bool) {
        self.operand_ends();
        self.last = Last::Params {
            after: match body {
                Body::Operator => After::Operator,
                Body::Statement => After::Statement,
                Body::Member => After::Member,
            },
            generator,
            is_async,
        };
        (self.level.star, self.level.is_async) = (false, false);
    }

    /// A template's text, to its end or to a `${`.
    fn template(&mut self) {
        if self.skip_template() {
            self.at -= 1;
            self.push(Kind::Group, After::Template);
        } else {
            self.expect = Expect::Operator;
            self.statement = false;
            self.last = Last::Other;
        }
    }

    // ---- punctuators

    fn next_is(&self, text: &[u8]) -> bool {
        self.bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(text))
    }

    fn punctuator(&mut self, byte: u8) {
        match byte {
            b';' => {
                self.at += 1;
                self.end_statement();
            }
            b',' => {
                self.at += 1;
                (self.level.chain, self.level.conditionals) = (0, 0);
                self.level.commas += 1;
                self.operand_due();
                if self.level.kind == Kind::Object {
                    self.member_due();
                }
            }
            b'.' => self.dot(),
            b'#' => {
                self.at += 1;
                if self.expect == Expect::Operator && self.last != Last::Dot {
                    self.end_statement();
                }
                self.begin(false);
                self.last = Last::Dot;
            }
            b'?' => self.question(),
            b':' => self.colon(),
            b'/' => self.slash(),
            b'+' | b'-' => self.plus(byte),
            b'*' if self.level.function.is_some() || self.expect == Expect::Member => {
                self.at += 1;
                self.level.star = true;
            }
            b'=' if self.next_is(b"=>") => {
                self.at += 2;
                self.refused |= self.commas > MAX_COMMAS;
                self.link();
                self.operand_due();
                self.last = Last::Arrow;
            }
            b'!' | b'~' | b'@' | b'=' | b'*' => {
                self.at += 1;
                self.begin(false);
                self.link();
                self.operand_due();
            }
            b'&' | b'|' | b'^' | b'%' | b'<' | b'>' => {
                self.at += 1;
                self.link_left();
                self.operand_due();
            }
            // No token begins so: the parser stops here.
            _ => self.at += 1,
        }
    }

    fn dot(&mut self) {
        if self.next_is(b"...") {
            self.at += 3;
            self.link();
            return self.operand_due();
        }
        if self.expect != Expect::Operator
            && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)
        {
            self.operand_begins();
            self.skip_number();
            return self.operand_ends();
        }
        self.at += 1;
        self.link_left();
        self.expect = Expect::Operator;
        self.last = Last::Dot;
    }

    fn question(&mut self) {
        if self.next_is(b"?.") && !self.bytes.get(self.at + 2).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
            return self.dot();
        }
        if self.next_is(b"??") {
            self.at += 2;
            self.link_left();
            return self.operand_due();
        }
        self.at += 1;
        self.link();
        self.level.conditionals += 1;
        self.operand_due();
    }

    fn colon(&mut self) {
        self.at += 1;
        let is_label = matches!(self.last, Last::Word(_, true));
        if self.expect == Expect::Member {
            return self.operand_due();
        }
        if self.level.conditionals > 0 {
            self.level.conditionals -= 1;
            self.link();
            return self.operand_due();
        }
        self.operand_due();
        if self.level.kind != Kind::Block {
            return;
        }
        if self.level.clause || !is_label {
            self.end_statement();
        } else {
            self.level.chain = 0;
            self.link_statement();
            self.statement = true;
        }
        self.level.clause = false;
    }

    fn slash(&mut self) {
        self.at += 1;
        if self.expect == Expect::Operator {
            self.link_left();
            return self.operand_due();
        }
        self.begin(false);
        #[cfg(test)]
        self.found.push(self.at - 1);
        self.skip_regexp();
        self.operand_ends();
    }

    fn plus(&mut self, byte: u8) {
        let twice = self.next_is(&[byte, byte]);
        if self.expect == Expect::Operator && twice && !self.newline {
            self.at += 2;
            return self.operand_ends();
        }
        if self.expect == Expect::Operator && !twice {
            self.at += 1;
            self.link_left();
            return self.operand_due();
        }
        if self.expect == Expect::Operator {
            self.end_statement();
        }
        self.begin(false);
        self.at += 1 + usize::from(twice);
        self.link();
        self.operand_due();
    }
}

/// Could an operand, or a statement, begin with this byte?
fn begins_operand(byte: u8) -> bool {
    !matches!(
        byte,
        b',' | b';'
            | b')'
            | b']'
            | b'}'
            | b':'
            | b'?'
            | b'.'
            | b'='
            | b'*'
            | b'%'
            | b'&'
            | b'|'
            | b'^'
            | b'<'
            | b'>'
    )
}
