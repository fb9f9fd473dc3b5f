//! Exotic objects: what they do differently, a file a kind.

mod arguments;
mod namespace;
mod proxy;
mod proxy_keys;
mod string;
mod typed_array;

pub use namespace::Exports;
