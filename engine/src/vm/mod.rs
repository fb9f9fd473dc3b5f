//! Backend `vm`: Ouro's own register machine.
//!
//! From source text to result: `front` parses and resolves names, `compiler` makes bytecode, `interpreter` runs it over
//! the values, strings and objects of a `heap`. `docs/src/how-it-works` tells the story; each folder opens with its part.
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the docs of the machine are for who reads its source"
)]

pub mod bigint;
pub mod builtins;
pub mod bytecode;
pub mod compiler;
pub mod convert;
pub mod date;
pub mod debug;
pub mod errors;
pub mod facade;
pub mod heap;
pub mod host;
pub mod interpreter;
pub mod iterate;
pub mod job;
pub mod limits;
pub mod machine;
pub mod module;
pub mod names;
pub mod number;
pub mod object;
pub mod realm;
pub mod regexp;
pub mod text;
pub mod value;

pub use machine::{Args, Completion, NativeFn, Throw, Vm};
mod front;
