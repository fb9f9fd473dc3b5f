//! Loops.
//!
//! ```text
//! X*      loop: split exit · unset groups · [save] · X · [advanced] · jump loop · exit:
//! X+      loop: unset groups · X · split exit · jump loop · exit:             (X takes at least a unit)
//! X{m,n}  count from 0 · loop: counted loop · count up · … as above …
//! ```
//!
//! The bracketed ops are there when X can match nothing: a round that does so fails, as RepeatMatcher demands once the
//! least number of rounds is done. Source: <https://tc39.es/ecma262/#sec-runtime-semantics-repeatmatcher-abstract-operation>.

use super::super::ast::{Ast, Node, Repeat};
use super::super::charset::CharSet;
use super::super::program::{CountedLoop, Follow, Op, Run};
use super::{Compiler, Direction, First};

impl Compiler<'_> {
    #[inline(never)]
    pub(super) fn repeat(
        &mut self,
        ast: &Ast,
        repeat: &Repeat,
        follow: First,
        direction: Direction,
    ) {
        let forward = direction == Direction::Forward;
        let single = match &ast.nodes[repeat.node] {
            Node::Char(c) => Some(CharSet::single(*c)),
            Node::Set(set) => Some(set.clone()),
            _ => None,
        };
        let body = self.firsts[repeat.node];
        match (repeat.min, repeat.max, single) {
            (_, 0, _) => {}
            (_, _, Some(set)) if forward => self.run(set, repeat, follow),
            (0, 1, _) => self.optional(ast, repeat, follow, direction),
            (0, u32::MAX, _) => self.star(ast, repeat, follow, direction),
            (1, u32::MAX, _) if !body.empty => self.plus(ast, repeat, follow, direction),
            _ => self.counted(ast, repeat, follow, direction),
        }
    }

    #[inline(never)]
    fn run(&mut self, set: CharSet, repeat: &Repeat, follow: First) {
        let code_points = !self.is_of_units(&set);
        let first = self.firsts[repeat.node];
        let class = self.class(set);
        let stops = match self.classes[class as usize].few_missing(3) {
            Some(stops) if repeat.max == u32::MAX => stops,
            _ => Vec::new(),
        };
        let next = match follow.is_vague() {
            true => Follow::Any,
            false => {
                let set = follow.to_set();
                match set.ranges() {
                    &[(a, b)] if a == b => Follow::Char(a),
                    _ => Follow::Class(self.class(set)),
                }
            }
        };
        self.runs.push(Run {
            class,
            min: repeat.min,
            max: repeat.max,
            // What is given back would have to be followed by itself.
            greedy: repeat.greedy || first.is_disjoint(&follow),
            atomic: first.is_disjoint(&follow) || repeat.min == repeat.max,
            code_points,
            follow: next,
            stops: stops.into(),
        });
        self.op(Op::Run(self.runs.len() as u32 - 1));
    }

    /// What may follow the body of a loop: another round, or what follows the loop.
    fn follow_in_loop(&self, repeat: &Repeat, follow: First) -> First {
        self.firsts[repeat.node].then(follow).or(follow)
    }

    /// The choice between a round and leaving, to be landed at the exit.
    fn round_or_exit(&mut self, repeat: &Repeat, follow: First, direction: Direction) -> usize {
        let mut body = self.firsts[repeat.node];
        if direction == Direction::Back {
            body = First::ANY;
        }
        if repeat.greedy || body.is_disjoint(&follow) {
            return self.split(body, follow);
        }
        self.op(Op::SplitLazy(0))
    }

    /// One round: groups unset, the body, and the check that it took something.
    #[inline(never)]
    fn round(&mut self, ast: &Ast, repeat: &Repeat, follow: First, direction: Direction) {
        let can_be_empty = self.firsts[repeat.node].empty;
        self.unset_groups(repeat);
        let position = can_be_empty.then(|| self.registers(1));
        if let Some(position) = position {
            self.op(Op::Save(position));
        }
        self.node(ast, repeat.node, follow, direction);
        if let Some(position) = position {
            self.op(Op::Advanced(position));
        }
    }

    fn unset_groups(&mut self, repeat: &Repeat) {
        let (from, to) = (repeat.groups.0 * 2, repeat.groups.1 * 2);
        if from < to && repeat.max > 1 {
            self.op(Op::Unset { from, to });
        }
    }

    #[inline(never)]
    fn optional(&mut self, ast: &Ast, repeat: &Repeat, follow: First, direction: Direction) {
        let split = self.round_or_exit(repeat, follow, direction);
        self.round(ast, repeat, follow, direction);
        self.land(split);
    }

    #[inline(never)]
    fn star(&mut self, ast: &Ast, repeat: &Repeat, follow: First, direction: Direction) {
        let start = self.pc();
        let split = self.round_or_exit(repeat, follow, direction);
        let inner = self.follow_in_loop(repeat, follow);
        self.round(ast, repeat, inner, direction);
        self.op(Op::Jump(start));
        self.land(split);
    }

    #[inline(never)]
    fn plus(&mut self, ast: &Ast, repeat: &Repeat, follow: First, direction: Direction) {
        let start = self.pc();
        let inner = self.follow_in_loop(repeat, follow);
        self.round(ast, repeat, inner, direction);
        let split = self.round_or_exit(repeat, follow, direction);
        self.op(Op::Jump(start));
        self.land(split);
    }

    /// Writes the body as often as it is to match.
    fn copied(&mut self, ast: &Ast, repeat: &Repeat, follow: First, direction: Direction) {
        let body = self.firsts[repeat.node];
        for round in 1..=repeat.max {
            let next = match (round == repeat.max, direction) {
                (true, _) => follow,
                (false, Direction::Forward) => body.then(follow),
                (false, Direction::Back) => First::ANY,
            };
            self.node(ast, repeat.node, next, direction);
        }
    }

    #[inline(never)]
    fn counted(&mut self, ast: &Ast, repeat: &Repeat, follow: First, direction: Direction) {
        let can_be_empty = self.firsts[repeat.node].empty;
        if self.sizes.is_copied(repeat) {
            return self.copied(ast, repeat, follow, direction);
        }
        let counter = self.registers(2);
        let number = self.loops.len();
        let body = match direction {
            Direction::Forward => self.firsts[repeat.node],
            Direction::Back => First::ANY,
        };
        let first = (!body.is_vague()).then(|| self.class(body.to_set()));
        self.loops.push(CountedLoop {
            counter,
            min: repeat.min,
            max: repeat.max,
            greedy: repeat.greedy,
            position: counter + 1,
            first,
            decided: body.is_disjoint(&follow),
            exit: 0,
        });
        self.op(Op::CountFrom(counter));
        let start = self.pc();
        self.op(Op::CountedLoop(number as u32));
        self.op(Op::CountUp(counter));
        self.unset_groups(repeat);
        if can_be_empty {
            self.op(Op::Save(counter + 1));
        }
        let inner = self.follow_in_loop(repeat, follow);
        self.node(ast, repeat.node, inner, direction);
        if can_be_empty {
            self.op(Op::AdvancedCounted(number as u32));
        }
        self.op(Op::Jump(start));
        self.loops[number].exit = self.pc();
    }
}
