//! Ouro core library.
