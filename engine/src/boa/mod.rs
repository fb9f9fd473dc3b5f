//! Backend `boa`: the facade's nouns over `boa_engine`. The only folder that names a `boa_*` crate.
//!
//! Each noun is a transparent newtype, so handing values across the border costs nothing. What Boa cannot do is listed in
//! `docs/src/change/engine-backend-boa.md`.

mod array;
mod async_calls;
mod bigint;
mod buffer;
mod cast;
mod closure;
mod context;
mod date;
mod debug;
mod error;
mod function;
mod hooks;
mod inspect;
mod job;
mod json;
mod json_parse;
mod module;
mod object;
mod payload;
mod promise;
mod property;
mod realm;
mod script;
mod shared;
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
