//! System calls that no safe crate offers, behind safe functions with the same names on every platform.
//!
//! The only place of this crate with `unsafe` calls into the C library.
#![allow(
    unsafe_code,
    reason = "no safe crate offers these calls with the results that Node reports"
)]

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::*;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub use windows::*;

/// What `getrusage` counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// CPU time in user mode, in microseconds.
    pub user_us: u64,
    /// CPU time in the kernel, in microseconds.
    pub system_us: u64,
    /// Peak resident memory, in KiB.
    pub max_rss_kib: u64,
    /// Page faults without and with I/O.
    pub faults: [u64; 2],
    /// Block input and output operations.
    pub blocks: [u64; 2],
    /// Voluntary and involuntary context switches.
    pub switches: [u64; 2],
}

/// One address of one network interface.
#[derive(Clone, Debug)]
pub struct InterfaceEntry {
    /// The interface's name.
    pub name: String,
    /// The address.
    pub address: std::net::IpAddr,
    /// Its netmask.
    pub netmask: std::net::IpAddr,
    /// Whether the interface is the loopback.
    pub is_loopback: bool,
    /// The scope of an IPv6 address.
    pub scope_id: u32,
}
