//! The suites that hold Ouro to its specifications, as libraries and as small programs.
//!
//! * [`programs`]: our own cases, a `.js` file beside the output that real Node gave for it. `repl/tests/programs.rs` runs
//!   them with every `cargo test`.
//! * [`node_suite`] (`cargo run -p ouro-conformance-tests --bin node-suite -- PATH`): Node's own tests.
//! * [`test262`] (`cargo run -p ouro-conformance-tests --bin test262 -- PATH`): the language's tests.
//! * [`fuzz`] (`cargo run -p ouro-conformance-tests --bin fuzz -- run`): programs that nobody wrote.
//!
//! The two external suites are never part of this repository: their runners take a path, say so when nothing is there,
//! and compare with the [`expectations`] that are committed.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod child;
pub mod expectations;
pub mod fuzz;
pub mod node_suite;
pub mod page;
pub mod pool;
pub mod programs;
pub mod test262;
