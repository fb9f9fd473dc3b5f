//! The table of native objects that core files reach as `binding(name)`.
//!
//! A binding is made at the first call for its name. Which functions it has stands at the head of its `mod.rs`.

use ouro_engine::{Context, Error, Object};

type Create = fn(&mut Context) -> Result<Object, Error>;

/// `(name, how it is made)`.
static BINDINGS: &[(&str, Create)] = &[
    ("async_context", crate::async_hooks::binding),
    ("buffer", crate::buffer::binding),
    ("child_process", crate::child_process::binding),
    ("crypto", crate::crypto::binding),
    #[cfg(unix)]
    ("fs", crate::fs::binding),
    ("dgram", crate::dgram::binding),
    ("dns", crate::dns::binding),
    ("encoding", crate::encoding::binding),
    ("http", crate::http::binding),
    ("buffer_transfer", crate::internal::buffer_transfer::binding),
    ("modules", crate::module::binding),
    ("net", crate::net::binding),
    ("os", crate::os::binding),
    ("path", crate::path::binding),
    ("performance", crate::perf_hooks::binding),
    ("process", crate::process::binding),
    ("querystring", crate::querystring::binding),
    ("signals", crate::process::signals::binding),
    ("stdio", crate::stdio::binding),
    ("string_decoder", crate::string_decoder::binding),
    ("timers", crate::timers::binding),
    ("tls", crate::tls::binding),
    ("tty", crate::tty::binding),
    ("types", crate::util::types::binding),
    ("url", crate::url::binding),
    ("util", crate::util::binding),
    ("v8", crate::v8::binding),
    ("vm", crate::vm::binding),
    ("zlib", crate::zlib::binding),
];

/// Makes the binding of a name.
///
/// # Errors
/// Where there is none, or where it can't be made.
pub fn create(ctx: &mut Context, name: &str) -> Result<Object, Error> {
    let found = BINDINGS.iter().find(|(known, _)| *known == name);
    match found {
        Some((_, create)) => create(ctx),
        None => Err(Error::error(format!("No such binding: {name}"))),
    }
}
