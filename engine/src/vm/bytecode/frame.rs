//! The frame: how registers, arguments and the way back lie on the value stack.
//!
//! `fp` points at `r0`, the first parameter. The header lies below it, so a register number reaches both:
//!
//! | register | holds |
//! |---|---|
//! | -1 | `this` |
//! | -2 | the callee: the running function object |
//! | -3 | `new.target`, `undefined` in a plain call |
//! | -4 | raw: number of arguments in the low 32 bits, [`ENTRY`] and [`CONSTRUCT`] above |
//! | -5 | raw: the caller's `fp` |
//! | -6 | raw: the caller's `pc`, at its call instruction; the result goes to that instruction's `a` |
//!
//! A call window is such a header in the making: the compiler keeps [`HEADER`] registers and the arguments after them at
//! the top of its frame, sets callee, `this` (and `new.target` for `SuperCall`) and the arguments, and the call turns
//! `window + HEADER` into the new `fp`. Raw words are below 2^48 and so read as doubles: a scan of the stack needs no map.

/// Words between the start of a window and its first argument.
pub const HEADER: i16 = 6;
/// Register of `this`.
pub const THIS: i16 = -1;
/// Register of the callee.
pub const CALLEE: i16 = -2;
/// Register of `new.target`.
pub const NEW_TARGET: i16 = -3;
/// Register of the argument count and flags.
pub const ARGC: i16 = -4;
/// Register of the caller's `fp`.
pub const SAVED_FP: i16 = -5;
/// Register of the caller's `pc`.
pub const SAVED_PC: i16 = -6;

/// Flag in the argument count word: returning leaves the interpreter's run.
pub const ENTRY: u64 = 1 << 32;
/// Flag in the argument count word: called by `new`; a result that is no object gives way to `this`.
pub const CONSTRUCT: u64 = 1 << 33;
/// Flag in the argument count word: the frame belongs to a resumed generator or async function.
pub const RESUMED: u64 = 1 << 34;
/// Flag in the argument count word: the calling instruction is no plain `Call` or `New`; its length is looked up.
pub const WIDE: u64 = 1 << 35;
/// Flag in the argument count word: nobody wants the result (a setter).
pub const DISCARD: u64 = 1 << 36;
/// Flag in the argument count word, with `RESUMED`: the resumer wants bare values, no iterator results.
pub const BARE: u64 = 1 << 37;
/// Flag in the argument count word: a proxy's trap, whose answer is checked; what against stands below the frame.
pub const TRAP: u64 = 1 << 38;
