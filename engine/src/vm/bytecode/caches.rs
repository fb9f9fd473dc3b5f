//! Inline caches in the instruction stream: where they are, and how they are emptied.
//!
//! A cached instruction (4 words, `w2=ic w3=ic`; `NewObj`: `w1=ic`) keeps the shape it was filled for in the low half of its
//! first cache word, 0 when empty; one that adds a property keeps the shape after it in the high half. Its quickened form is another opcode with the same operands.

use super::table::{OPS, Op};

/// The opcode in an instruction's first word.
#[must_use]
pub fn op_of(word: u64) -> Option<Op> {
    OPS.get((word & 0xFF) as usize).copied()
}

/// The general form of a quickened opcode; others are their own.
#[must_use]
pub const fn general(op: Op) -> Op {
    match op {
        Op::GetPropOwn
        | Op::GetPropOut
        | Op::GetPropProto
        | Op::GetPropPoly
        | Op::GetPropLength
        | Op::GetPropPrimitive
        | Op::GetPropGetter => Op::GetProp,
        Op::SetPropOwn | Op::SetPropOut | Op::SetPropAdd | Op::SetPropAddOut | Op::SetPropPoly => {
            Op::SetProp
        }
        Op::DefPropAdd => Op::DefProp,
        Op::GetGlobalSlot => Op::GetGlobal,
        Op::SetGlobalSlot => Op::SetGlobal,
        other => other,
    }
}

/// Empties the caches that name a dead shape.
pub fn forget(words: &mut [u64], dead: &dyn Fn(u32) -> bool) {
    let mut at = 0;
    while let Some(op) = words.get(at).copied().and_then(op_of) {
        let len = op.words();
        let first = match op {
            Op::NewObj => at + 1,
            _ if len == 4 => at + 2,
            _ => {
                at += len;
                continue;
            }
        };
        let end = (at + len).min(words.len());
        let names_dead = words
            .get(first)
            .is_some_and(|&word| word as u32 != 0 && dead(word as u32));
        let second_dead = matches!(op, Op::SetPropAdd | Op::SetPropAddOut | Op::DefPropAdd)
            && words
                .get(first)
                .is_some_and(|&word| dead((word >> 32) as u32));
        if names_dead || second_dead {
            words[at] = words[at] & !0xFF | general(op) as u64;
            words[first..end].fill(0);
        }
        at += len;
    }
}
