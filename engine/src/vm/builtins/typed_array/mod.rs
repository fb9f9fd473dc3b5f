//! Typed arrays. Source: ECMA-262 <https://tc39.es/ecma262/#sec-typedarray-objects>.
//!
//! | file | what |
//! | --- | --- |
//! | `element.rs` | the element types: encoding, conversion, order |
//! | `view.rs` | what a typed array is inside |
//! | `create.rs` | validation and creation |
//! | `copy.rs` | copying elements |
//! | `constructors.rs` | the constructors and their statics |
//! | `accessors.rs` | accessors and iterators |
//! | `search.rs` | looking for elements, elements as text |
//! | `callback.rs` | methods that call a function for each element |
//! | `change.rs` | methods that copy and change elements |
//! | `sort.rs` | sorting |

mod accessors;
mod callback;
mod change;
mod constructors;
mod copy;
mod create;
mod element;
mod search;
mod sort;
mod view;

pub(in crate::vm) use accessors::length as length_getter;
pub use element::ElementKind;
pub(in crate::vm) use view::attach;
pub use view::{View, length_of};

use crate::vm::{heap::Obj, machine::Vm};

pub(super) use create::create_plain;

/// Declares `%TypedArray%` and the classes that extend it.
pub(super) fn install(vm: &mut Vm, _global: Obj) {
    let prototype = constructors::install(vm);
    accessors::install(vm, prototype);
    search::install(vm, prototype);
    callback::install(vm, prototype);
    change::install(vm, prototype);
    sort::install(vm, prototype);
}
