//! The facade's nouns over the machine: what hosts see.
//!
//! A facade [`Value`] is a machine value plus a count: as long as Rust owns one, what it refers to stays alive (the cell
//! counts its owners, and the collector takes counted cells for roots). Arguments are lent, not owned, so passing them
//! costs nothing. Text and BigInts made without a context lie outside of the heap and are copied in when they enter.

mod array;
mod bigint;
mod buffer;
mod cast;
mod context;
mod date;
mod error;
mod function;
mod inspect;
mod job;
mod json;
mod module;
mod object;
mod payload;
mod promise;
mod property;
mod quota;
mod realm;
mod script;
mod shared_memory;
mod stack;
mod string;
mod symbol;
mod timeout;
mod value;

pub use array::Array;
pub use bigint::BigInt;
pub use buffer::{ArrayBuffer, DataView, TypedArray};
pub use context::Context;
pub use error::{Error, Result};
pub use function::{Function, NativeFn};
pub use inspect::ProxyParts;
pub use module::{Module, SyntheticExports};
pub use object::{Object, ObjectTemplate};
pub use payload::{Payload, Persistent, Tracer};
pub use promise::Promise;
pub use property::PropertyKey;
pub use realm::Realm;
pub use script::{Script, bytecode_listing, compile_function, compile_function_as};
pub use shared_memory::{SharedArrayBuffer, SharedMemory};
pub use string::{JsString, StaticStr};
pub use symbol::Symbol;
pub use value::Value;
