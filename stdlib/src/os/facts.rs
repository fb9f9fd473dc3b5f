//! The plain half of `os`: what the system says about itself, as Rust types.

use std::fs;
use std::io;

use rustix::process::Pid;

/// One logical processor.
pub struct Cpu {
    /// The model's name.
    pub model: String,
    /// Its speed in MHz.
    pub speed_mhz: u32,
    /// Milliseconds spent in user, nice, system, idle and interrupt.
    pub times_ms: [u64; 5],
}

/// One address of a network interface.
pub struct InterfaceAddress {
    /// The address as text.
    pub address: String,
    /// Its netmask as text.
    pub netmask: String,
    /// The netmask's length in bits.
    pub prefix: u32,
    /// Whether it is an IPv6 address.
    pub is_v6: bool,
    /// The hardware address.
    pub mac: String,
    /// Whether it can't be reached from outside.
    pub internal: bool,
    /// The scope of an IPv6 address.
    pub scope_id: u32,
}

/// Who runs the process.
pub struct User {
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
    /// Login name.
    pub name: String,
    /// Home folder.
    pub home: String,
    /// Login shell.
    pub shell: String,
}

/// System name, release, version, machine and host name.
pub fn uname() -> [String; 5] {
    let raw = rustix::system::uname();
    [
        raw.sysname(),
        raw.release(),
        raw.version(),
        raw.machine(),
        raw.nodename(),
    ]
    .map(|text| text.to_string_lossy().into_owned())
}

/// Every logical processor.
pub fn cpus() -> Vec<Cpu> {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let values = |key: &str| -> Vec<String> {
        let lines = info.lines().filter_map(|line| line.split_once(':'));
        lines
            .filter(|(name, _)| name.trim() == key)
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    };
    let (models, speeds) = (values("model name"), values("cpu MHz"));
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let rows = stat
        .lines()
        .filter(|line| line.starts_with("cpu") && !line.starts_with("cpu "));
    rows.enumerate()
        .map(|(at, row)| {
            let ticks: Vec<u64> = row
                .split_whitespace()
                .skip(1)
                .filter_map(|n| n.parse().ok())
                .collect();
            let ms = |index: usize| ticks.get(index).copied().unwrap_or(0) * 10;
            Cpu {
                model: models
                    .get(at)
                    .cloned()
                    .unwrap_or_else(|| "unknown".to_owned()),
                speed_mhz: speeds
                    .get(at)
                    .and_then(|s| s.parse::<f64>().ok())
                    .unwrap_or(0.0) as u32,
                times_ms: [ms(0), ms(1), ms(2), ms(3), ms(5)],
            }
        })
        .collect()
}

/// Total and available memory.
pub fn memory_bytes() -> [u64; 2] {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok())
            .map_or(0, |kib| kib * 1024)
    };
    [field("MemTotal:"), field("MemAvailable:")]
}

/// The memory that this process may take, in bytes: the machine's, or less where its control group says so; 0 if unknown.
pub fn memory_limit_bytes() -> u64 {
    let [total, _] = memory_bytes();
    match super::cgroup::memory() {
        Some(group) if group.limit < total || total == 0 => group.limit,
        _ => total,
    }
}

/// Seconds since the machine started.
pub fn uptime_s() -> f64 {
    let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
    text.split_whitespace()
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0.0)
}

/// The load averages of 1, 5 and 15 minutes.
pub fn load_average() -> [f64; 3] {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut numbers = text.split_whitespace().map(|n| n.parse().unwrap_or(0.0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0.0))
}

/// Who runs the process, from `/etc/passwd`.
pub fn user() -> Option<User> {
    let uid = rustix::process::geteuid().as_raw();
    let text = fs::read_to_string("/etc/passwd").ok()?;
    text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _, id, gid, _, home, shell] = fields.as_slice() else {
            return None;
        };
        (id.parse() == Ok(uid)).then(|| User {
            uid,
            gid: gid.parse().unwrap_or(0),
            name: (*name).to_owned(),
            home: (*home).to_owned(),
            shell: (*shell).to_owned(),
        })
    })
}

/// The scheduling priority of a process; zero is this one.
///
/// # Errors
/// What the system says.
pub fn priority(pid: i32) -> io::Result<i32> {
    Ok(rustix::process::getpriority_process(to_pid(pid)?)?)
}

/// Sets the scheduling priority of a process; zero is this one.
///
/// # Errors
/// What the system says.
pub fn set_priority(pid: i32, priority: i32) -> io::Result<()> {
    Ok(rustix::process::setpriority_process(
        to_pid(pid)?,
        priority,
    )?)
}

fn to_pid(pid: i32) -> io::Result<Option<Pid>> {
    if pid < 0 {
        return Err(io::Error::from_raw_os_error(libc::ESRCH));
    }
    Ok(Pid::from_raw(pid))
}

/// Every interface that is up, with its addresses, in the system's order.
pub fn interfaces() -> Vec<(String, Vec<InterfaceAddress>)> {
    let mut result: Vec<(String, Vec<InterfaceAddress>)> = Vec::new();
    for raw in crate::sys::interface_addresses() {
        let mac =
            fs::read_to_string(format!("/sys/class/net/{}/address", raw.name)).unwrap_or_default();
        let mac = mac.trim();
        let address = InterfaceAddress {
            address: raw.address.to_string(),
            netmask: raw.netmask.to_string(),
            prefix: match raw.netmask {
                std::net::IpAddr::V4(mask) => mask.to_bits().count_ones(),
                std::net::IpAddr::V6(mask) => mask.to_bits().count_ones(),
            },
            is_v6: raw.address.is_ipv6(),
            mac: if mac.is_empty() {
                "00:00:00:00:00:00".to_owned()
            } else {
                mac.to_owned()
            },
            internal: raw.is_loopback,
            scope_id: raw.scope_id,
        };
        match result.iter_mut().find(|(name, _)| *name == raw.name) {
            Some((_, list)) => list.push(address),
            None => result.push((raw.name, vec![address])),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_plausible() {
        assert!(!uname()[0].is_empty());
        assert!(memory_bytes()[0] >= memory_bytes()[1]);
        assert!(!cpus().is_empty());
        assert!(priority(0).is_ok());
        assert!(priority(-1).is_err());
        assert!(
            interfaces()
                .iter()
                .any(|(_, list)| list.iter().any(|a| a.internal))
        );
    }
}
