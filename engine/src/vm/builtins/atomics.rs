//! `Atomics`. Source: ECMA-262 <https://tc39.es/ecma262/#sec-atomics-object>.

use crate::vm::value::Value;

/// An `Atomics.waitAsync` call that waits.
#[derive(Clone, Copy, Debug)]
pub struct AsyncWaiter {
    /// Where in the block, in bytes.
    pub at: usize,
    /// The promise that it gave.
    pub promise: Value,
}
