//! A readable listing of a program, for people and golden tests.

use std::fmt::Write;

use super::program::{Class, Follow, Op, Program, Run, Search};

impl Program {
    /// The ops, one a line, with what they name in the tables, and how places to begin at are found.
    #[must_use]
    pub fn listing(&self) -> String {
        let mut out = format!("search: {}\n", self.search_text());
        for (index, op) in self.ops.iter().enumerate() {
            let _ = writeln!(out, "{index:4} {}", self.op_text(*op));
        }
        out
    }

    fn search_text(&self) -> String {
        match &self.search {
            Search::Everywhere => "everywhere".to_owned(),
            Search::AtStart => "at the start of the input".to_owned(),
            Search::Bytes(bytes) => format!("for {}", characters(bytes.iter().copied())),
            Search::Class(class) => format!("for {}", self.class_text(*class)),
            Search::Literal(literal) => {
                let text = String::from_utf16_lossy(&literal.units);
                let all = if self.is_literal {
                    ", which is a match"
                } else {
                    ""
                };
                format!("for {text:?}{all}")
            }
            Search::Ahead(ahead) => {
                let pivot = if ahead.bytes.is_empty() {
                    String::new()
                } else {
                    let bytes = characters(ahead.bytes.iter().copied());
                    format!(", first for {bytes} at {}", ahead.pivot)
                };
                format!("for {} units that fit{pivot}", ahead.n_offsets)
            }
        }
    }

    fn op_text(&self, op: Op) -> String {
        match op {
            Op::Char(c) => format!("Char {}", character(c)),
            Op::Either(a, b) => format!("Either {} {}", character(a), character(b)),
            Op::Literal { start, len } => format!("Literal {}", self.literal_text(start, len)),
            Op::LiteralBack { start, len } => {
                format!("LiteralBack {}", self.literal_text(start, len))
            }
            Op::Set(class) => format!("Set {}", self.class_text(class)),
            Op::CodePoint(class) => format!("CodePoint {}", self.class_text(class)),
            Op::SetBack(class) => format!("SetBack {}", self.class_text(class)),
            Op::CodePointBack(class) => format!("CodePointBack {}", self.class_text(class)),
            Op::Run(number) => match self.runs.get(number as usize) {
                Some(run) => self.run_text(run),
                None => format!("{op:?}"),
            },
            Op::Jump(to) => format!("Jump ->{to}"),
            Op::Split(to) => format!("Split ->{to}"),
            Op::SplitLazy(to) => format!("SplitLazy ->{to}"),
            Op::SplitIf { class, to } => format!("SplitIf {} ->{to}", self.class_text(class)),
            Op::Branch { class, to } => format!("Branch {} ->{to}", self.class_text(class)),
            _ => format!("{op:?}"),
        }
    }

    fn run_text(&self, run: &Run) -> String {
        let mut text = format!("Run {}{{{},", self.class_text(run.class), run.min);
        if run.max < u32::MAX {
            let _ = write!(text, "{}", run.max);
        }
        text.push('}');
        if !run.greedy {
            text.push_str(" lazy");
        }
        if run.atomic {
            text.push_str(" gives nothing back");
        }
        match run.follow {
            Follow::Any => {}
            Follow::Char(c) => {
                let _ = write!(text, " before {}", character(c));
            }
            Follow::Class(class) => {
                let _ = write!(text, " before {}", self.class_text(class));
            }
        }
        text
    }

    fn literal_text(&self, start: u32, len: u32) -> String {
        let units = self.literals.get(start as usize..(start + len) as usize);
        format!("{:?}", String::from_utf16_lossy(units.unwrap_or_default()))
    }

    fn class_text(&self, class: u32) -> String {
        self.classes
            .get(class as usize)
            .map_or_else(|| "?".to_owned(), Class::text)
    }
}

impl Class {
    /// As a class is written in a pattern, ranges in order.
    fn text(&self) -> String {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for c in (0..256).filter(|&c| self.has(c)) {
            match ranges.last_mut() {
                Some(last) if last.1 + 1 == c => last.1 = c,
                _ => ranges.push((c, c)),
            }
        }
        for &(from, to) in &self.high {
            match ranges.last_mut() {
                Some(last) if last.1 + 1 == from => last.1 = to,
                _ => ranges.push((from, to)),
            }
        }
        let mut text = "[".to_owned();
        for (from, to) in ranges {
            text.push_str(&bare(from));
            if to > from {
                text.push('-');
                text.push_str(&bare(to));
            }
        }
        text.push(']');
        text
    }
}

/// A character as it stands in a class: what cannot be seen by its number.
fn bare(c: u32) -> String {
    match char::from_u32(c) {
        Some(c @ ('-' | '[' | ']' | '\\' | '^')) => format!("\\{c}"),
        Some(c) if c.is_ascii_graphic() => c.to_string(),
        _ => format!("\\u{{{c:x}}}"),
    }
}

fn character(c: u32) -> String {
    match char::from_u32(c) {
        Some(c) => format!("{c:?}"),
        None => format!("'{}'", bare(c)),
    }
}

fn characters(all: impl Iterator<Item = u8>) -> String {
    let all: Vec<String> = all.map(|c| character(u32::from(c))).collect();
    all.join(" or ")
}
