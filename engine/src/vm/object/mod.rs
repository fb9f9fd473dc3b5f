//! Objects: keys, shapes, elements, and the internal methods over them.

pub mod key;
pub mod shape;

pub use key::{KeyKind, PropKey};
pub use shape::{Lazy, Shapes, Slot, attr};
