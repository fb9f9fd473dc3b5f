//! Ouro's engine facade: ECMAScript and nothing else. No I/O, no Node names.
//!
//! Everything above this crate sees the names that this page re-exports and no other. They are Ouro's own types; the
//! backend behind them is a cargo feature (`boa`), and only its folder names it.
//!
//! Start with [`Context`], then [`Value`] and [`Object`]; [`Function`] says how Rust is called from JavaScript.
#![deny(missing_docs)]
#![cfg_attr(not(feature = "vm"), deny(unsafe_code))]

mod attributes;
mod class;
mod class_kind;
mod context_builder;
mod error_kind;
mod function_kind;
mod heap_report;
mod hooks;
mod json_message;
mod keywords;
mod limits;
mod literal;
mod module_status;
mod nesting;
mod object_methods;
mod promise_state;
mod property_descriptor;
mod script_origin;
mod source_kind;
mod stack;
mod string_methods;
#[cfg(feature = "boa")]
mod syntax_message;
mod timezone;
mod typed_array_kind;
mod value_methods;

#[cfg(feature = "vm")]
pub mod vm;

#[cfg(feature = "boa")]
mod boa;
#[cfg(feature = "boa")]
use boa as backend;
#[cfg(all(feature = "vm", not(feature = "boa")))]
use vm::facade as backend;

pub use attributes::Attributes;
pub use backend::*;
pub use class::{Class, ClassBuilder, ConstructFn};
pub use class_kind::ObjectClass;
pub use context_builder::ContextBuilder;
pub use error_kind::ErrorKind;
pub use function_kind::FunctionKind;
pub use heap_report::{GcCause, GcEvent, GcKind, HeapShare, HeapStatistics};
pub use hooks::{DefaultHooks, HostHooks, ModuleHost, Referrer, ReferrerKind};
pub use limits::{HeapUsage, Limits, StopHandle, run_on_big_stack};
pub use module_status::ModuleStatus;
pub use object_methods::LazyFn;
pub use promise_state::{PromiseState, Resolver};
pub use property_descriptor::PropertyDescriptor;
pub use script_origin::{ModuleRequest, ScriptOrigin};
pub use source_kind::SourceKind;
pub use stack::{SourceLocation, StackFrame};
pub use string_methods::StringUnits;
pub use timezone::TimeZone;
pub use typed_array_kind::TypedArrayKind;
pub use value_methods::{Arguments, ValueKind};
