//! What several core modules share: the loader of core files, requests, system errors, the registry of error codes.

pub mod async_waits;
pub mod buffer_transfer;
pub mod loader;
pub mod node_error;
pub mod request;
pub mod system_error;
