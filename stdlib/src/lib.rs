//! Ouro core library.

pub mod internal;
