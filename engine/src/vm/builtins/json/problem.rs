//! What is wrong with a text, as the engine's one table of V8's words says it.

use crate::{
    json_message::JsonFault,
    vm::{
        machine::{Throw, Vm},
        text::CodeUnit,
    },
};

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem {
    /// A unit that cannot stand here, or the end.
    Token,
    /// A string for which there is no memory.
    NoRoom,
    /// What V8 says, without the position.
    Message(&'static str),
    /// The program shall stop.
    Stop(Throw),
}

/// The `SyntaxError` for a problem at `at`.
pub(super) fn throw<U: CodeUnit>(vm: &mut Vm, text: &[U], at: usize, problem: Problem) -> Throw {
    let fault = match problem {
        Problem::NoRoom => return vm.throw_out_of_memory(),
        Problem::Message(message) => JsonFault::Phrase(message, at),
        Problem::Token if at >= text.len() => JsonFault::End,
        Problem::Token => JsonFault::Token(at),
        Problem::Stop(throw) => return throw,
    };
    let units: Vec<u16> = text.iter().map(|unit| unit.code()).collect();
    vm.throw_syntax(fault.message(&units))
}
