//! Objects: keys, shapes, elements, and the internal methods over them.

mod bulk;
pub mod create;
pub mod desc;
pub mod elements;
pub mod exotic;
pub mod instances;
pub mod key;
pub mod ops;
mod pages;
pub mod shape;
mod table;

pub use desc::{Own, PropDesc};
pub use key::{KeyKind, PropKey};
pub use shape::{Lazy, Shapes, Slot, attr};
