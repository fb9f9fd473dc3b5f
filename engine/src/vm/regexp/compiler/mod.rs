//! Nodes to ops.
//!
//! Each node is written once, with what may come after it (`follow`) at hand, so that choices which the next unit
//! decides become branches (`first.rs`). Loops over one character become a single op with a table entry, other counted
//! loops keep a counter, so no quantifier multiplies code beyond a few copies of a few ops (`size.rs`). Inside a lookbehind the same nodes are written from
//! right to left. Recursion is as deep as brackets nest, which the parser bounds; what
//! recurses is kept out of line, so that no frame holds the variables of all kinds of nodes. Loops: `repeat.rs`.

mod ahead;
mod first;
mod repeat;
mod search;
mod size;

use super::ast::{Assertion, Ast, Look, Node, NodeId};
use super::charset::CharSet;
use super::program::{Class, CountedLoop, Op, Pc, Program, Ref, Run, Search};
use super::unicode::casefold::Canon;
use super::{Flags, GoOn, SyntaxError};
use first::First;
use size::Sizes;
use std::collections::HashMap;

/// The most ops that a program may have; the matcher keeps kinds of entries in the bits above.
const MAX_OPS: usize = 1 << 26;

/// Writes the program of a parsed pattern.
///
/// # Errors
/// The program would be too large.
pub(super) fn compile(
    ast: Ast,
    flags: Flags,
    go_on: &mut GoOn<'_>,
) -> Result<Program, SyntaxError> {
    let Some(firsts) = first::all(&ast, go_on) else {
        return Err(SyntaxError::stopped());
    };
    let mut compiler = Compiler {
        unicode: flags.is_unicode_mode(),
        go_on,
        stopped: false,
        firsts,
        sizes: Sizes::of(&ast),
        ops: Vec::new(),
        classes: Vec::new(),
        class_numbers: HashMap::new(),
        literals: Vec::new(),
        runs: Vec::new(),
        loops: Vec::new(),
        refs: Vec::new(),
        n_registers: ast.n_groups * 2,
    };
    compiler.node(&ast, ast.root, First::ANY, Direction::Forward);
    if compiler.stopped {
        return Err(SyntaxError::stopped());
    }
    compiler.ops.push(Op::Match);
    if compiler.ops.len() > MAX_OPS {
        return Err(SyntaxError {
            message: "Regular expression too large".to_owned(),
        });
    }
    let search = compiler.search(&ast);
    let is_literal = matches!(search, Search::Literal(_) | Search::Bytes(_))
        && search::is_literal(&ast, ast.root, compiler.unicode);
    Ok(Program {
        ops: compiler.ops.into(),
        classes: compiler.classes.into(),
        literals: compiler.literals.into(),
        runs: compiler.runs.into(),
        loops: compiler.loops.into(),
        refs: compiler.refs.into(),
        search,
        is_literal,
        sticky: flags.sticky,
        unicode: compiler.unicode,
        n_groups: ast.n_groups,
        n_registers: compiler.n_registers,
        names: ast.names.into(),
    })
}

/// The units of a character, unless it is half a pair in unicode mode: that must not match half of a whole one.
fn units_of(c: u32, unicode: bool) -> Option<impl DoubleEndedIterator<Item = u16>> {
    let (first, second) = match c {
        0xD800..=0xDFFF if unicode => return None,
        0..=0xFFFF => (c as u16, None),
        _ => {
            let c = c - 0x10000;
            let trail = 0xDC00 + (c & 0x3FF) as u16;
            (0xD800 + (c >> 10) as u16, Some(trail))
        }
    };
    Some(std::iter::once(first).chain(second))
}

/// Which way a part is matched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Back,
}

struct Compiler<'p> {
    go_on: &'p mut GoOn<'p>,
    stopped: bool,
    unicode: bool,
    firsts: Vec<First>,
    sizes: Sizes,
    ops: Vec<Op>,
    classes: Vec<Class>,
    class_numbers: HashMap<CharSet, u32>,
    literals: Vec<u16>,
    runs: Vec<Run>,
    loops: Vec<CountedLoop>,
    refs: Vec<Ref>,
    n_registers: u32,
}

impl Compiler<'_> {
    fn pc(&self) -> Pc {
        self.ops.len() as Pc
    }

    /// Writes an op and returns where it stands.
    fn op(&mut self, op: Op) -> usize {
        self.ops.push(op);
        self.ops.len() - 1
    }

    /// Lets the op at `at` lead to here.
    fn land(&mut self, at: usize) {
        let here = self.pc();
        match &mut self.ops[at] {
            Op::Jump(to)
            | Op::Split(to)
            | Op::SplitLazy(to)
            | Op::SplitIf { to, .. }
            | Op::Branch { to, .. }
            | Op::NotBegin { to, .. } => *to = here,
            other => debug_assert!(false, "{other:?} leads nowhere"),
        }
    }

    fn registers(&mut self, n: u32) -> u32 {
        self.n_registers += n;
        self.n_registers - n
    }

    /// The number of a class, the same for equal sets.
    fn class(&mut self, set: CharSet) -> u32 {
        for _ in 0..set.ranges().len() / 4 {
            self.stopped |= !(self.go_on)();
        }
        if let Some(&number) = self.class_numbers.get(&set) {
            return number;
        }
        let number = self.classes.len() as u32;
        self.classes.push(Class::new(&set));
        self.class_numbers.insert(set, number);
        number
    }

    fn node(&mut self, ast: &Ast, id: NodeId, follow: First, direction: Direction) {
        self.stopped |= !(self.go_on)();
        if self.stopped {
            return;
        }
        match &ast.nodes[id] {
            Node::Empty => {}
            Node::Char(c) => self.row(&[*c], direction),
            Node::Set(set) => self.set(set, direction),
            Node::Seq(items) => self.sequence(ast, items, follow, direction),
            Node::Alt(items) => self.alternatives(ast, items, follow, direction),
            Node::Group(number, body) => {
                let (start, end) = (number * 2, number * 2 + 1);
                let forward = direction == Direction::Forward;
                self.op(Op::Save(if forward { start } else { end }));
                self.node(ast, *body, follow, direction);
                self.op(Op::Save(if forward { end } else { start }));
            }
            Node::Repeat(repeat) => self.repeat(ast, repeat, follow, direction),
            Node::BackRef(groups, canon) => self.back_ref(groups, *canon, direction),
            Node::Assert(assertion) => {
                self.op(match *assertion {
                    Assertion::Start => Op::Start,
                    Assertion::LineStart => Op::LineStart,
                    Assertion::End => Op::End,
                    Assertion::LineEnd => Op::LineEnd,
                    Assertion::Word { negative, folded } => Op::Word { negative, folded },
                });
            }
            Node::Look(look) => self.look(ast, look),
        }
    }

    /// Characters in a row, given in the order of the text.
    #[inline(never)]
    fn row(&mut self, chars: &[u32], direction: Direction) {
        let unicode = self.unicode;
        let is_literal = |c: &u32| units_of(*c, unicode).is_some();
        let mut parts: Vec<&[u32]> = chars
            .chunk_by(|a, b| is_literal(a) && is_literal(b))
            .collect();
        if direction == Direction::Back {
            parts.reverse();
        }
        for part in parts {
            let start = self.literals.len();
            let units = part.iter().filter_map(|&c| units_of(c, unicode)).flatten();
            self.literals.extend(units);
            let len = self.literals.len() - start;
            let place = (start as u32, len as u32);
            match (direction, len) {
                (_, 0) => self.set(&CharSet::single(part[0]), direction),
                (Direction::Forward, 1) => {
                    let unit = self.literals.pop().map_or(0, u32::from);
                    self.op(Op::Char(unit));
                }
                (Direction::Forward, _) => {
                    let (start, len) = place;
                    self.op(Op::Literal { start, len });
                }
                (Direction::Back, _) => {
                    let (start, len) = place;
                    self.op(Op::LiteralBack { start, len });
                }
            }
        }
    }

    /// Whether testing single units is enough to test for `set`.
    fn is_of_units(&self, set: &CharSet) -> bool {
        !self.unicode
            || set
                .ranges()
                .iter()
                .all(|r| r.1 < 0xD800 || (r.0 > 0xDFFF && r.1 <= 0xFFFF))
    }

    #[inline(never)]
    fn set(&mut self, set: &CharSet, direction: Direction) {
        let of_units = self.is_of_units(set);
        if direction == Direction::Forward && of_units && set.len() == 2 {
            let mut members = set.ranges().iter().flat_map(|&(lo, hi)| lo..=hi);
            if let (Some(a), Some(b)) = (members.next(), members.next()) {
                self.op(Op::Either(a, b));
                return;
            }
        }
        let class = self.class(set.clone());
        self.op(match (direction, of_units) {
            (Direction::Forward, true) => Op::Set(class),
            (Direction::Forward, false) => Op::CodePoint(class),
            (Direction::Back, true) => Op::SetBack(class),
            (Direction::Back, false) => Op::CodePointBack(class),
        });
    }

    #[inline(never)]
    fn sequence(&mut self, ast: &Ast, items: &[NodeId], follow: First, direction: Direction) {
        // What may follow each item, the last first.
        let mut follows = vec![follow];
        for &item in items.iter().skip(1).rev() {
            let next = follows.last().copied().unwrap_or(First::ANY);
            follows.push(self.firsts[item].then(next));
        }
        let as_char = |id: &NodeId| match ast.nodes[*id] {
            Node::Char(c) => Some(c),
            _ => None,
        };
        let mut parts: Vec<&[NodeId]> = items
            .chunk_by(|a, b| as_char(a).is_some() && as_char(b).is_some())
            .collect();
        if direction == Direction::Back {
            parts.reverse();
        }
        let mut done = 0;
        for part in parts {
            done += part.len();
            let chars: Vec<u32> = part.iter().filter_map(as_char).collect();
            if !chars.is_empty() {
                self.row(&chars, direction);
                continue;
            }
            let follow = match direction {
                Direction::Forward => follows[items.len() - done],
                Direction::Back => First::ANY,
            };
            for &item in part {
                self.node(ast, item, follow, direction);
            }
        }
    }

    #[inline(never)]
    fn alternatives(&mut self, ast: &Ast, items: &[NodeId], follow: First, direction: Direction) {
        let forward = direction == Direction::Forward;
        // With what the alternatives from each on can begin, the last first.
        let mut rests: Vec<First> = Vec::with_capacity(items.len());
        for &item in items.iter().rev() {
            let first = self.firsts[item].then(follow);
            rests.push(rests.last().map_or(first, |rest| rest.or(first)));
        }
        let mut to_end = Vec::new();
        for (i, &item) in items.iter().enumerate() {
            let split = (i + 1 < items.len()).then(|| {
                let first = self.firsts[item].then(follow);
                match forward {
                    true => self.split(first, rests[items.len() - 2 - i]),
                    false => self.op(Op::Split(0)),
                }
            });
            self.node(ast, item, follow, direction);
            if let Some(split) = split {
                to_end.push(self.op(Op::Jump(0)));
                self.land(split);
            }
        }
        for jump in to_end {
            self.land(jump);
        }
    }

    /// The cheapest op for a choice between going on here (`first`) and elsewhere (`other`), here being better.
    fn split(&mut self, first: First, other: First) -> usize {
        if first.is_disjoint(&other) {
            let class = self.class(first.to_set());
            return self.op(Op::Branch { class, to: 0 });
        }
        if first.is_vague() {
            return self.op(Op::Split(0));
        }
        let class = self.class(first.to_set());
        self.op(Op::SplitIf { class, to: 0 })
    }

    #[inline(never)]
    fn back_ref(&mut self, groups: &[u32], canon: Canon, direction: Direction) {
        let back = direction == Direction::Back;
        if let [group] = groups
            && canon == Canon::Exact
            && !back
        {
            self.op(Op::BackRef(*group));
            return;
        }
        self.refs.push(Ref {
            groups: groups.to_vec(),
            canon,
            back,
            code_points: self.unicode,
        });
        self.op(Op::BackRefMany(self.refs.len() as u32 - 1));
    }

    #[inline(never)]
    fn look(&mut self, ast: &Ast, look: &Look) {
        let direction = match look.behind {
            true => Direction::Back,
            false => Direction::Forward,
        };
        let register = self.registers(2);
        if look.negative {
            let begin = self.op(Op::NotBegin { register, to: 0 });
            self.node(ast, look.node, First::ANY, direction);
            self.op(Op::NotEnd(register));
            self.land(begin);
            return;
        }
        self.op(Op::LookBegin(register));
        self.node(ast, look.node, First::ANY, direction);
        self.op(match look.groups.0 == look.groups.1 {
            true => Op::LookEnd(register),
            false => Op::LookEndKeeping(register),
        });
    }
}
