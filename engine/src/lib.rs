//! Ouro's engine facade: ECMAScript and nothing else. No I/O, no Node names.
//!
//! Everything above this crate sees the names that this page re-exports and no other. They are Ouro's own types; the
//! backend behind them is a cargo feature (`boa`), and only its folder names it.
//!
//! Start with [`Context`], then [`Value`] and [`Object`]; [`Function`] says how Rust is called from JavaScript.
#![deny(missing_docs)]
#![cfg_attr(not(feature = "vm"), deny(unsafe_code))]

#[cfg(feature = "boa")]
mod attributes;
#[cfg(feature = "boa")]
mod class_kind;
#[cfg(feature = "boa")]
mod error_kind;
#[cfg(feature = "boa")]
mod hooks;
#[cfg(feature = "boa")]
mod json_message;
#[cfg(feature = "boa")]
mod limits;
mod literal;
mod nesting;
#[cfg(feature = "boa")]
mod stack;
#[cfg(feature = "boa")]
mod syntax_message;
#[cfg(feature = "boa")]
mod timezone;

#[cfg(feature = "vm")]
pub mod vm;

#[cfg(feature = "boa")]
mod boa;
#[cfg(feature = "boa")]
use boa as backend;

#[cfg(feature = "boa")]
pub use attributes::Attributes;
#[cfg(feature = "boa")]
pub use backend::*;
#[cfg(feature = "boa")]
pub use class_kind::ObjectClass;
#[cfg(feature = "boa")]
pub use error_kind::ErrorKind;
#[cfg(feature = "boa")]
pub use hooks::{DefaultHooks, HostHooks, ModuleHost, Referrer, ReferrerKind};
#[cfg(feature = "boa")]
pub use limits::{Limits, run_on_big_stack};
#[cfg(feature = "boa")]
pub use stack::{SourceLocation, StackFrame};
#[cfg(feature = "boa")]
pub use timezone::TimeZone;
