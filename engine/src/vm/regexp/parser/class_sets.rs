//! Classes of `v` patterns: nested, with strings, intersections and subtractions.
//!
//! Under `i` every set is closed under case from the leaves on, and strings are folded, so that complement, intersection
//! and subtraction work on classes of equal characters as MaybeSimpleCaseFolding demands.

use super::super::ast::{Node, NodeId};
use super::super::charset::CharSet;
use super::{MAX_CLASS_DEPTH, Parser, Result, error};
use std::collections::BTreeSet;

/// What a class denotes: characters, and strings that are not one character.
#[derive(Default)]
pub(super) struct ClassSet {
    pub(super) chars: CharSet,
    strings: BTreeSet<Vec<u32>>,
    /// MayContainStrings, which is decided by syntax and not by the strings.
    may_contain_strings: bool,
}

impl ClassSet {
    /// A set without strings.
    pub(super) fn from_chars(chars: CharSet) -> ClassSet {
        ClassSet {
            chars,
            ..ClassSet::default()
        }
    }

    /// What a property of strings denotes.
    pub(super) fn from_strings(chars: CharSet, strings: Vec<Vec<u32>>) -> ClassSet {
        ClassSet {
            chars,
            strings: strings.into_iter().collect(),
            may_contain_strings: true,
        }
    }

    fn unite(&mut self, other: ClassSet) {
        self.chars = self.chars.union(&other.chars);
        self.strings.extend(other.strings);
        self.may_contain_strings |= other.may_contain_strings;
    }

    fn intersect(&mut self, other: &ClassSet) {
        self.chars = self.chars.intersect(&other.chars);
        self.strings.retain(|string| other.strings.contains(string));
        self.may_contain_strings &= other.may_contain_strings;
    }

    fn subtract(&mut self, other: &ClassSet) {
        self.chars = self.chars.subtract(&other.chars);
        self.strings
            .retain(|string| !other.strings.contains(string));
    }
}

/// What an operand of a class turned out to be: a character may still begin a range.
enum Operand {
    Char(u32),
    Set(ClassSet),
}

const BAD_CHARACTER: &str = "Invalid character in character class";
const BAD_OPERATION: &str = "Invalid set operation in character class";

impl Parser<'_> {
    /// CharacterClass, after the bracket.
    pub(super) fn class_sets(&mut self) -> Result<NodeId> {
        let set = self.nested_class(0)?;
        Ok(self.class_set_node(set))
    }

    /// What stands between `[` and `]`, the latter included.
    fn nested_class(&mut self, depth: usize) -> Result<ClassSet> {
        if depth > MAX_CLASS_DEPTH {
            return error("Regular expression too large");
        }
        let negative = self.eat('^');
        let mut set = ClassSet::default();
        if !self.eat(']') {
            set = self.class_contents(depth)?;
        }
        if !negative {
            return Ok(set);
        }
        if set.may_contain_strings {
            return error("Negated character class may contain strings");
        }
        Ok(ClassSet::from_chars(set.chars.complement()))
    }

    fn class_contents(&mut self, depth: usize) -> Result<ClassSet> {
        let first = self.operand(depth)?;
        for operator in ["&&", "--"] {
            if self.looking_at(operator) {
                let set = self.as_set(first);
                return self.operation(set, operator, depth);
            }
        }
        self.class_union(first, depth)
    }

    /// ClassIntersection or ClassSubtraction, after its first operand.
    fn operation(&mut self, mut set: ClassSet, operator: &str, depth: usize) -> Result<ClassSet> {
        while !self.eat(']') {
            if self.peek().is_none() {
                return error("Unterminated character class");
            }
            if !self.eat_str(operator) {
                return error(BAD_OPERATION);
            }
            if operator == "&&" && self.looking_at("&") {
                return error(BAD_CHARACTER);
            }
            let operand = self.operand(depth)?;
            let operand = self.as_set(operand);
            match operator {
                "&&" => set.intersect(&operand),
                _ => set.subtract(&operand),
            }
        }
        Ok(set)
    }

    /// ClassUnion, after its first operand.
    fn class_union(&mut self, first: Operand, depth: usize) -> Result<ClassSet> {
        let mut set = ClassSet::default();
        let mut operand = first;
        loop {
            if self.looking_at("-") && !self.looking_at("--") {
                self.at += 1;
                let range = match (operand, self.operand(depth)?) {
                    (Operand::Char(low), Operand::Char(high)) if low <= high => (low, high),
                    (Operand::Char(_), Operand::Char(_)) => {
                        return error("Range out of order in character class");
                    }
                    _ => return error("Invalid character class"),
                };
                let range = self.canon().close_over(&CharSet::range(range.0, range.1));
                set.unite(ClassSet::from_chars(range));
            } else {
                let operand = self.as_set(operand);
                set.unite(operand);
            }
            if self.eat(']') {
                return Ok(set);
            }
            if self.looking_at("&&") || self.looking_at("--") {
                return error(BAD_OPERATION);
            }
            operand = self.operand(depth)?;
        }
    }

    fn as_set(&self, operand: Operand) -> ClassSet {
        match operand {
            Operand::Set(set) => set,
            Operand::Char(c) => ClassSet::from_chars(self.canon().close_over(&CharSet::single(c))),
        }
    }

    fn operand(&mut self, depth: usize) -> Result<Operand> {
        if self.eat('[') {
            return self.nested_class(depth + 1).map(Operand::Set);
        }
        if self.looking_at("\\") {
            self.at += 1;
            if self.eat_str("q{") {
                return self.string_disjunction().map(Operand::Set);
            }
            if let Some(set) = self.class_escape("Invalid property name in character class")? {
                return Ok(Operand::Set(set));
            }
            self.at -= 1;
        }
        self.class_set_character().map(Operand::Char)
    }

    /// ClassStringDisjunction, after `\q{`.
    fn string_disjunction(&mut self) -> Result<ClassSet> {
        let mut set = ClassSet::default();
        let mut string = Vec::new();
        loop {
            let is_end = self.looking_at("}");
            if !is_end && !self.looking_at("|") {
                string.push(self.class_set_character()?);
                continue;
            }
            self.at += 1;
            let canon = self.canon();
            match std::mem::take(&mut string)[..] {
                [only] => set.unite(self.as_set(Operand::Char(only))),
                ref string => {
                    set.may_contain_strings = true;
                    let folded = string.iter().map(|&c| canon.apply(c));
                    set.strings.insert(folded.collect());
                }
            }
            if is_end {
                return Ok(set);
            }
        }
    }

    fn class_set_character(&mut self) -> Result<u32> {
        let Some(c) = self.peek() else {
            return error("Unterminated character class");
        };
        let as_char = char::from_u32(c).unwrap_or('\u{FFFD}');
        if as_char == '\\' {
            self.at += 1;
            let next = self.peek().and_then(char::from_u32);
            if next.is_some_and(|c| "&-!#%,:;<=>@`~".contains(c)) {
                self.at += 1;
                return Ok(next.map_or(c, u32::from));
            }
            return self.character_escape(true);
        }
        let is_double = self.text.get(self.at + 1) == Some(&c);
        if is_double && "&!#$%*+,.:;<=>?@^`~".contains(as_char) {
            return error(BAD_OPERATION);
        }
        if "()[]{}/-|".contains(as_char) {
            return error(BAD_CHARACTER);
        }
        self.at += 1;
        Ok(c)
    }

    /// A node that matches what `set` denotes, longer strings first.
    pub(super) fn class_set_node(&mut self, set: ClassSet) -> NodeId {
        let chars = self.canon().close_over(&set.chars);
        if set.strings.is_empty() {
            return self.add(Node::Set(chars));
        }
        let mut strings: Vec<Vec<u32>> = set.strings.into_iter().collect();
        let has_empty = strings.first().is_some_and(Vec::is_empty);
        if has_empty {
            strings.remove(0);
        }
        let mut alternatives = Vec::new();
        if self.is_behind() {
            strings.sort_by_key(|string| std::cmp::Reverse(string.len()));
            for string in &strings {
                alternatives.push(self.string_node(string));
            }
        } else {
            self.prefix_tree(&strings, 0, 0, &mut alternatives);
        }
        if !chars.is_empty() {
            alternatives.push(self.add(Node::Set(chars)));
        }
        if has_empty {
            alternatives.push(self.add(Node::Empty));
        }
        self.add(Node::Alt(alternatives))
    }

    fn string_node(&mut self, string: &[u32]) -> NodeId {
        let terms = string.iter().map(|&c| self.char_node(c)).collect();
        self.sequence(terms)
    }

    /// Alternatives for sorted strings, equal up to `from`, as a tree of their prefixes.
    ///
    /// All strings that match at one place are prefixes of one another, hence on one path of the tree; a node tries its
    /// children before its own end, so the longest comes first.
    fn prefix_tree(
        &mut self,
        strings: &[Vec<u32>],
        from: usize,
        depth: usize,
        alternatives: &mut Vec<NodeId>,
    ) {
        const MAX_TREE_DEPTH: usize = 32;
        for family in strings.chunk_by(|a, b| a.get(from) == b.get(from)) {
            let [first, .., last] = family else {
                alternatives.extend(family.iter().map(|only| self.string_node(&only[from..])));
                continue;
            };
            if depth == MAX_TREE_DEPTH {
                let longest_first = family.iter().rev();
                alternatives.extend(longest_first.map(|s| self.string_node(&s[from..])));
                continue;
            }
            // Sorted strings share what their first and last share.
            let common = first.iter().zip(last).take_while(|(a, b)| a == b).count();
            let ends_here = first.len() == common;
            let mut branches = Vec::new();
            self.prefix_tree(
                &family[usize::from(ends_here)..],
                common,
                depth + 1,
                &mut branches,
            );
            if ends_here {
                branches.push(self.add(Node::Empty));
            }
            let head = self.string_node(&first[from..common]);
            let tail = self.add(Node::Alt(branches));
            alternatives.push(self.sequence(vec![head, tail]));
        }
    }
}
