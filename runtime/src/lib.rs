//! Ouro runtime.
