//! Typed arrays. Source: ECMA-262 <https://tc39.es/ecma262/#sec-typedarray-objects>.

mod element;
mod view;

pub use element::ElementKind;
pub(in crate::vm) use view::attach;
pub use view::{View, length_of};
