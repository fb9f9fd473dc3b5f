//! What a backslash begins, outside and inside classes.

use super::super::ast::{Node, NodeId};
use super::super::charset::{self, CharSet};
use super::super::unicode::casefold::Canon;
use super::super::unicode::{emoji, property};
use super::class_sets::ClassSet;
use super::{Parser, Result, error};

impl Parser<'_> {
    /// AtomEscape, after the backslash.
    pub(super) fn atom_escape(&mut self) -> Result<NodeId> {
        let Some(c) = self.peek() else {
            return error("\\ at end of pattern");
        };
        if let Some(set) = self.class_escape("Invalid property name")? {
            return Ok(self.class_set_node(set));
        }
        match char::from_u32(c) {
            Some('1'..='9') => {
                if let Some(node) = self.numbered_reference()? {
                    return Ok(node);
                }
            }
            Some('k') if self.named => {
                self.at += 1;
                return self.named_reference();
            }
            _ => {}
        }
        let c = self.character_escape(false)?;
        Ok(self.char_node(c))
    }

    /// `\1` and so on, if it refers to a group.
    fn numbered_reference(&mut self) -> Result<Option<NodeId>> {
        let (mut number, mut at) = (0_u32, self.at);
        while let Some(digit) = self.digit_at(at) {
            number = number.saturating_mul(10).saturating_add(digit);
            at += 1;
        }
        if number > self.n_groups_total {
            return match self.unicode {
                true => error("Invalid escape"),
                // Annex B: a legacy octal escape or an identity escape.
                false => Ok(None),
            };
        }
        self.at = at;
        let canon = self.canon();
        Ok(Some(self.add(Node::BackRef(vec![number], canon))))
    }

    /// `\k<name>`, after the `k`.
    fn named_reference(&mut self) -> Result<NodeId> {
        if !self.eat('<') {
            return error("Invalid named reference");
        }
        let name = self.group_name()?;
        let canon = self.canon();
        let node = self.add(Node::BackRef(Vec::new(), canon));
        self.name_refs.push((node, name));
        Ok(node)
    }

    /// CharacterClassEscape, if it is one; `bad_property` is the message for `\p` gone wrong.
    pub(super) fn class_escape(&mut self, bad_property: &str) -> Result<Option<ClassSet>> {
        let Some(letter) = self.peek().and_then(char::from_u32) else {
            return Ok(None);
        };
        let set = match letter {
            'd' | 'D' => charset::digits(),
            's' | 'S' => charset::space(),
            'w' | 'W' => self.word(),
            'p' | 'P' if self.unicode => {
                self.at += 1;
                return self.property(letter == 'P', bad_property).map(Some);
            }
            _ => return Ok(None),
        };
        self.at += 1;
        let set = match letter.is_ascii_uppercase() {
            true => set.complement(),
            false => set,
        };
        Ok(Some(ClassSet::from_chars(set)))
    }

    /// WordCharacters.
    fn word(&self) -> CharSet {
        let basic = charset::basic_word();
        match self.canon() {
            Canon::Fold => Canon::Fold.close_over(&basic),
            _ => basic,
        }
    }

    /// `{name}` or `{name=value}`, after `\p` or `\P`.
    fn property(&mut self, negative: bool, message: &str) -> Result<ClassSet> {
        let Some((name, value)) = self.property_words() else {
            return error(message);
        };
        let found = match &value {
            Some(value) => property::with_value(&name, value),
            None => property::lone(&name),
        };
        if let Some(set) = found {
            // MaybeSimpleCaseFolding: with `v`, sets are equal up to case before they are complemented.
            let set = match self.sets {
                true => self.canon().close_over(&set),
                false => set,
            };
            return Ok(ClassSet::from_chars(match negative {
                true => set.complement(),
                false => set,
            }));
        }
        if !self.sets || value.is_some() || negative {
            return error(message);
        }
        match emoji::property_of_strings(&name) {
            Some(set) => Ok(ClassSet::from_strings(set.chars, set.strings)),
            None => error(message),
        }
    }

    fn property_words(&mut self) -> Option<(String, Option<String>)> {
        if !self.eat('{') {
            return None;
        }
        let (mut name, mut value) = (String::new(), None);
        loop {
            let c = self.peek().and_then(char::from_u32)?;
            self.at += 1;
            match c {
                '}' => break,
                '=' if value.is_none() => value = Some(String::new()),
                c if c.is_ascii_alphanumeric() || c == '_' => {
                    value.as_mut().unwrap_or(&mut name).push(c);
                }
                _ => return None,
            }
        }
        Some((name, value))
    }

    /// CharacterEscape, and ClassEscape's additions when `in_class`, after the backslash.
    pub(super) fn character_escape(&mut self, in_class: bool) -> Result<u32> {
        let Some(c) = self.peek() else {
            return error("\\ at end of pattern");
        };
        self.at += 1;
        let control = match char::from_u32(c) {
            Some('t') => 0x09,
            Some('n') => 0x0A,
            Some('v') => 0x0B,
            Some('f') => 0x0C,
            Some('r') => 0x0D,
            Some('b') if in_class => 0x08,
            Some('-') if in_class && self.unicode => 0x2D,
            Some('c') => return self.control_letter(in_class),
            Some('0'..='9') => return self.octal(c, in_class),
            Some('x') => return self.hex_pair(),
            Some('u') => match self.unicode_escape(self.unicode) {
                Some(c) => c,
                None if self.unicode => return error("Invalid Unicode escape"),
                None => c,
            },
            _ => return self.identity_escape(c),
        };
        Ok(control)
    }

    fn identity_escape(&self, c: u32) -> Result<u32> {
        let is_syntax = char::from_u32(c).is_some_and(|c| "^$\\.*+?()[]{}|/".contains(c));
        // Where `\k` names a group it cannot also be a `k`.
        let is_reserved = c == u32::from('k') && self.named;
        match (self.unicode && !is_syntax) || is_reserved {
            true => error("Invalid escape"),
            false => Ok(c),
        }
    }

    /// `\c`, after the `c`.
    fn control_letter(&mut self, in_class: bool) -> Result<u32> {
        if let Some(c) = self.peek().and_then(char::from_u32) {
            // Annex B: in a class also a digit or an underscore.
            let extra = in_class && !self.unicode && (c.is_ascii_digit() || c == '_');
            if c.is_ascii_alphabetic() || extra {
                self.at += 1;
                return Ok(u32::from(c) % 32);
            }
        }
        if self.unicode {
            return error("Invalid Unicode escape");
        }
        // Annex B: the backslash stands for itself, and the `c` comes next.
        self.at -= 1;
        Ok(0x5C)
    }

    /// `\0`, or a legacy octal escape (Annex B), after its first digit.
    fn octal(&mut self, first: u32, in_class: bool) -> Result<u32> {
        let first = first - 0x30;
        if self.unicode {
            return match (first, self.digit_at(self.at).is_some()) {
                (0, false) => Ok(0),
                _ if first >= 8 && in_class => error("Invalid escape"),
                _ if in_class => error("Invalid class escape"),
                _ => error("Invalid decimal escape"),
            };
        }
        if first >= 8 {
            return Ok(first + 0x30);
        }
        let mut value = first;
        for _ in 0..2 {
            match self.digit_at(self.at) {
                Some(digit) if digit < 8 && value * 8 + digit < 256 => {
                    value = value * 8 + digit;
                    self.at += 1;
                }
                _ => break,
            }
        }
        Ok(value)
    }

    fn hex_pair(&mut self) -> Result<u32> {
        match self.hex_digits(2) {
            Some(value) => Ok(value),
            None if self.unicode => error("Invalid escape"),
            None => Ok('x'.into()),
        }
    }

    /// RegExpUnicodeEscapeSequence, after the `u`; leaves the position alone when it is none.
    pub(super) fn unicode_escape(&mut self, code_points: bool) -> Option<u32> {
        let start = self.at;
        let value = match code_points && self.eat('{') {
            true => self.braced_code_point(),
            false => self.hex_digits(4),
        };
        let Some(lead) = value else {
            self.at = start;
            return None;
        };
        if code_points && (0xD800..0xDC00).contains(&lead) && self.text[start] != u32::from('{') {
            let after_lead = self.at;
            let trail = match self.eat_str("\\u") {
                true => self.hex_digits(4),
                false => None,
            };
            if let Some(trail @ 0xDC00..=0xDFFF) = trail {
                return Some(0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00));
            }
            self.at = after_lead;
        }
        Some(lead)
    }

    fn braced_code_point(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        let start = self.at;
        while let Some(digit) = self.hex_digit() {
            value = value.saturating_mul(16).saturating_add(digit);
        }
        let is_valid = self.at > start && value <= charset::MAX_CHAR;
        (self.eat('}') && is_valid).then_some(value)
    }

    fn hex_digit(&mut self) -> Option<u32> {
        let digit = char::from_u32(self.peek()?)?.to_digit(16)?;
        self.at += 1;
        Some(digit)
    }

    /// Exactly `n` hexadecimal digits; leaves the position alone when there are fewer.
    fn hex_digits(&mut self, n: usize) -> Option<u32> {
        let start = self.at;
        let mut value = 0;
        for _ in 0..n {
            match self.hex_digit() {
                Some(digit) => value = value * 16 + digit,
                None => {
                    self.at = start;
                    return None;
                }
            }
        }
        Some(value)
    }
}
