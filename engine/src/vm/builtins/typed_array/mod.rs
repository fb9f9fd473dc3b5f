//! Typed arrays. Source: ECMA-262 <https://tc39.es/ecma262/#sec-typedarray-objects>.
//!
//! | file | what |
//! | --- | --- |
//! | `element.rs` | the element types: encoding, conversion, order |
//! | `view.rs` | what a typed array is inside |
//! | `create.rs` | validation and creation |
//! | `constructors.rs` | the constructors and their statics |

mod constructors;
mod create;
mod element;
mod view;

pub use element::ElementKind;
pub(in crate::vm) use view::attach;
pub use view::{View, length_of};

use crate::vm::{heap::Obj, machine::Vm};

pub(super) use create::create_plain;
pub(super) use element::big_bits;

/// Declares `%TypedArray%` and the classes that extend it.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    constructors::install(vm);
}
