//! What several modules of the core library share.

pub mod system_error;
