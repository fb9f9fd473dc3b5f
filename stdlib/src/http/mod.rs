//! Node's `http`: the HTTP/1 parser and writer in Rust, the request and response objects in JavaScript.

pub mod parser;
