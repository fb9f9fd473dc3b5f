//! The functions of `unix.rs` where there is no POSIX: figures that Windows does not have in this form are zero, what
//! changes identities is refused.

use std::io;

use super::Usage;

/// Resource use: not measured on this platform.
pub fn resource_usage(_thread: bool) -> Usage {
    Usage::default()
}

/// Real and effective user and group ids: none here.
pub fn ids() -> [u32; 4] {
    [0; 4]
}

/// # Errors
/// Always: there are no POSIX identities.
pub fn set_id(_name: &str, _id: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The supplementary groups: none here.
pub fn groups() -> Vec<u32> {
    Vec::new()
}

/// # Errors
/// Always: there are no POSIX groups.
pub fn set_groups(_groups: &[u32]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The numeric id of a user or group name: none here.
pub fn lookup_id(_user: bool, _name: &str) -> Option<u32> {
    None
}

/// Memory that is free for use, in bytes: not known.
pub fn available_memory() -> u64 {
    0
}

/// # Errors
/// Always: signals are not sent on this platform.
pub fn kill(_pid: i32, _signal: i32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The file mode creation mask: none here.
pub fn umask(_mask: Option<u32>) -> u32 {
    0
}

/// Writes all of `bytes` to a standard stream.
///
/// # Errors
/// What the system says.
pub fn write_all(fd: i32, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    match fd {
        2 => io::stderr().write_all(bytes),
        _ => {
            let mut out = io::stdout();
            out.write_all(bytes)?;
            out.flush()
        }
    }
}

/// What kind of thing a descriptor is; only the standard streams are known.
pub fn guess_handle_type(fd: i32) -> &'static str {
    if is_terminal(fd) { "TTY" } else { "FILE" }
}

/// Whether a standard stream is a terminal.
pub fn is_terminal(fd: i32) -> bool {
    use std::io::IsTerminal as _;
    match fd {
        0 => std::io::stdin().is_terminal(),
        1 => std::io::stdout().is_terminal(),
        2 => std::io::stderr().is_terminal(),
        _ => false,
    }
}

/// Columns and rows of a terminal: not known.
pub fn window_size(_fd: i32) -> Option<(u16, u16)> {
    None
}

/// # Errors
/// Always: raw mode is not offered on this platform.
pub fn set_raw_mode(_fd: i32, _raw: bool) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// What kind of thing a descriptor is. There are no descriptors here.
pub fn descriptor_type(_fd: i32) -> &'static str {
    "UNKNOWN"
}

/// Whether a descriptor is a socket.
pub fn is_socket(_fd: i32) -> bool {
    false
}

/// A descriptor of our own for what `fd` names.
///
/// # Errors
/// Always: there are no descriptors here.
pub fn take_descriptor(_fd: i32) -> io::Result<ouro_runtime::handle::Source> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Lets others connect to a Unix domain socket. Nothing to do here.
pub fn open_socket_file(_path: &std::path::Path, _readable: bool, _writable: bool) {}

/// The index of a network interface, by number.
pub fn interface_index(name: &str) -> Option<u32> {
    name.parse().ok()
}

/// The name of the network interface with an index.
pub fn interface_name(index: u32) -> Option<String> {
    Some(index.to_string())
}

/// The host name and service of an address.
pub fn name_info(_ip: std::net::IpAddr, _port: u16) -> Option<(String, String)> {
    None
}

/// Addresses of interfaces: not listed on this platform.
pub fn interface_addresses() -> Vec<super::InterfaceEntry> {
    Vec::new()
}

/// Nothing: there is no such signal.
pub fn ignore_file_size_signal() {}

/// Not available here.
///
/// # Errors
/// Always.
pub fn socket_buffer_size(_fd: i32, _sending: bool, _size: Option<i32>) -> std::io::Result<i32> {
    Err(std::io::ErrorKind::Unsupported.into())
}
