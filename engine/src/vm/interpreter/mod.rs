//! The interpreter: the value stack, linking, dispatch, calls, exceptions, inline caches.
#![allow(unsafe_code, reason = "runs bytecode over raw memory; see each file")]

mod entry_stub;
mod stack;

pub use stack::Stack;
