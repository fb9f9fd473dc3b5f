//! POSIX calls through `libc`.

use std::ffi::CString;
use std::io;

use super::Usage;

/// What the process (or this thread) has used so far.
pub fn resource_usage(thread: bool) -> Usage {
    #[cfg(target_os = "linux")]
    let who = if thread {
        libc::RUSAGE_THREAD
    } else {
        libc::RUSAGE_SELF
    };
    #[cfg(not(target_os = "linux"))]
    let who = {
        let _ = thread;
        libc::RUSAGE_SELF
    };
    let mut raw = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: `raw` is a writable rusage; the call fills it and keeps no pointer.
    let status = unsafe { libc::getrusage(who, raw.as_mut_ptr()) };
    if status != 0 {
        return Usage::default();
    }
    // SAFETY: all zeroes is a valid rusage, and the call above has filled it.
    let raw = unsafe { raw.assume_init() };
    let micros = |time: libc::timeval| (time.tv_sec as u64) * 1_000_000 + time.tv_usec as u64;
    Usage {
        user_us: micros(raw.ru_utime),
        system_us: micros(raw.ru_stime),
        max_rss_kib: raw.ru_maxrss as u64,
        faults: [raw.ru_minflt as u64, raw.ru_majflt as u64],
        blocks: [raw.ru_inblock as u64, raw.ru_oublock as u64],
        switches: [raw.ru_nvcsw as u64, raw.ru_nivcsw as u64],
    }
}

/// Real user, effective user, real group and effective group.
pub fn ids() -> [u32; 4] {
    use rustix::process::{getegid, geteuid, getgid, getuid};
    [
        getuid().as_raw(),
        geteuid().as_raw(),
        getgid().as_raw(),
        getegid().as_raw(),
    ]
}

/// `setuid`, `seteuid`, `setgid` or `setegid`, for the whole process.
///
/// # Errors
/// What the system says, and `InvalidInput` for any other name.
pub fn set_id(name: &str, id: u32) -> io::Result<()> {
    let call: unsafe extern "C" fn(u32) -> libc::c_int = match name {
        "setuid" => libc::setuid,
        "seteuid" => libc::seteuid,
        "setgid" => libc::setgid,
        "setegid" => libc::setegid,
        _ => return Err(io::ErrorKind::InvalidInput.into()),
    };
    // SAFETY: each of these calls takes a plain number and touches no memory of ours.
    let status = unsafe { call(id) };
    if status == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// The supplementary groups and the effective one.
pub fn groups() -> Vec<u32> {
    let mut groups: Vec<u32> = rustix::process::getgroups()
        .unwrap_or_default()
        .iter()
        .map(|g| g.as_raw())
        .collect();
    let own = rustix::process::getegid().as_raw();
    if !groups.contains(&own) {
        groups.push(own);
    }
    groups
}

/// Sets the supplementary groups.
///
/// # Errors
/// What the system says.
pub fn set_groups(groups: &[u32]) -> io::Result<()> {
    // SAFETY: pointer and length are those of the slice, which outlives the call.
    let status = unsafe { libc::setgroups(groups.len(), groups.as_ptr()) };
    if status == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// The numeric id of a user (`true`) or group name, from the system's own files.
pub fn lookup_id(user: bool, name: &str) -> Option<u32> {
    let text = std::fs::read_to_string(if user { "/etc/passwd" } else { "/etc/group" }).ok()?;
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(name))
            .then(|| fields.nth(1)?.parse().ok())
            .flatten()
    })
}

/// Memory that is free for use, in bytes.
pub fn available_memory() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<u64>().ok())
        .map_or(0, |kib| kib * 1024)
}

/// Sends a signal; zero and negative ids mean groups, as in `kill(2)`.
///
/// # Errors
/// What the system says.
pub fn kill(pid: i32, signal: i32) -> io::Result<()> {
    // SAFETY: the call takes plain numbers.
    let status = unsafe { libc::kill(pid, signal) };
    if status == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Reads the file mode creation mask, and sets it where one is given. Gives the old one.
pub fn umask(mask: Option<u32>) -> u32 {
    // SAFETY: the call takes a plain number and can't fail.
    let old = unsafe { libc::umask(mask.unwrap_or(0) as libc::mode_t) };
    if mask.is_none() {
        // SAFETY: as above; this puts the old mask back.
        unsafe { libc::umask(old) };
    }
    old
}

/// Writes all of `bytes`, waiting where the descriptor is not ready.
///
/// # Errors
/// What the system says; `EPIPE` where the reader has gone.
pub fn write_all(fd: i32, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        // SAFETY: pointer and length are those of the slice; the kernel checks the descriptor.
        let n = unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) };
        if n >= 0 {
            bytes = bytes.get(n as usize..).unwrap_or_default();
            continue;
        }
        let error = io::Error::last_os_error();
        match error.kind() {
            io::ErrorKind::Interrupted => {}
            io::ErrorKind::WouldBlock => wait_writable(fd),
            _ => return Err(error),
        }
    }
    Ok(())
}

fn wait_writable(fd: i32) {
    let mut poll = libc::pollfd {
        fd,
        events: libc::POLLOUT,
        revents: 0,
    };
    // SAFETY: one valid pollfd, which outlives the call.
    unsafe { libc::poll(&raw mut poll, 1, -1) };
}

/// Replaces the running program.
///
/// # Errors
/// Always, where it returns: what the system says, or `InvalidInput` for a NUL byte.
pub fn execve(path: &str, args: &[String], env: &[String]) -> io::Result<()> {
    let c_strings = |list: &[String]| -> io::Result<Vec<CString>> {
        list.iter()
            .map(|s| CString::new(s.as_str()).map_err(|_| io::ErrorKind::InvalidInput.into()))
            .collect()
    };
    let path = CString::new(path).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let (args, env) = (c_strings(args)?, c_strings(env)?);
    let pointers = |list: &[CString]| -> Vec<*const libc::c_char> {
        list.iter()
            .map(|s| s.as_ptr())
            .chain(std::iter::once(std::ptr::null()))
            .collect()
    };
    let (argv, envp) = (pointers(&args), pointers(&env));
    // SAFETY: both lists end in a null pointer and, like the strings in them, live until the call returns.
    unsafe { libc::execve(path.as_ptr(), argv.as_ptr(), envp.as_ptr()) };
    Err(io::Error::last_os_error())
}

/// What kind of thing a descriptor is: `TTY`, `FILE`, `PIPE`, `TCP`, `UDP`, `UNKNOWN` or `INVALID`.
pub fn guess_handle_type(fd: i32) -> &'static str {
    let mut stat = std::mem::MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: `stat` is writable; the kernel checks the descriptor and keeps no pointer.
    if unsafe { libc::fstat(fd, stat.as_mut_ptr()) } != 0 {
        return "INVALID";
    }
    // SAFETY: all zeroes is a valid stat, and the call above has filled it.
    let mode = unsafe { stat.assume_init() }.st_mode & libc::S_IFMT;
    match mode {
        libc::S_IFCHR if is_terminal(fd) => "TTY",
        libc::S_IFREG | libc::S_IFCHR => "FILE",
        libc::S_IFIFO => "PIPE",
        libc::S_IFSOCK => "PIPE",
        _ => "UNKNOWN",
    }
}

/// Whether a descriptor is a terminal.
pub fn is_terminal(fd: i32) -> bool {
    // SAFETY: the call takes a plain number; the kernel checks it.
    unsafe { libc::isatty(fd) == 1 }
}

/// Columns and rows of a terminal.
pub fn window_size(fd: i32) -> Option<(u16, u16)> {
    let mut size = libc::winsize {
        ws_row: 0,
        ws_col: 0,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    // SAFETY: TIOCGWINSZ writes one winsize, which is what the pointer leads to.
    let status = unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &raw mut size) };
    (status == 0).then_some((size.ws_col, size.ws_row))
}

/// Switches a terminal to raw mode, or back to what it was when raw mode was first set.
///
/// # Errors
/// What the system says; `ENOTTY` for anything but a terminal.
pub fn set_raw_mode(fd: i32, raw: bool) -> io::Result<()> {
    use std::sync::Mutex;
    static ORIGINAL: Mutex<Option<libc::termios>> = Mutex::new(None);
    let mut current = std::mem::MaybeUninit::<libc::termios>::zeroed();
    // SAFETY: `current` is writable; the kernel checks the descriptor.
    if unsafe { libc::tcgetattr(fd, current.as_mut_ptr()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: all zeroes is a valid termios, and the call above has filled it.
    let current = unsafe { current.assume_init() };
    let mut original = ORIGINAL
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let wanted = if raw {
        let mut wanted = *original.get_or_insert(current);
        wanted.c_iflag &= !(libc::BRKINT | libc::ICRNL | libc::INPCK | libc::ISTRIP | libc::IXON);
        wanted.c_oflag |= libc::ONLCR;
        wanted.c_cflag |= libc::CS8;
        wanted.c_lflag &= !(libc::ECHO | libc::ICANON | libc::IEXTEN | libc::ISIG);
        wanted.c_cc[libc::VMIN] = 1;
        wanted.c_cc[libc::VTIME] = 0;
        wanted
    } else {
        original.take().unwrap_or(current)
    };
    // SAFETY: `wanted` is a valid termios, which outlives the call.
    let status = unsafe { libc::tcsetattr(fd, libc::TCSADRAIN, &raw const wanted) };
    if status == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Every address of every interface that is up.
pub fn interface_addresses() -> Vec<super::InterfaceEntry> {
    let mut head: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: the call writes one pointer, to a list that `freeifaddrs` below gives back.
    if unsafe { libc::getifaddrs(&raw mut head) } != 0 {
        return Vec::new();
    }
    let mut entries = Vec::new();
    let mut cursor = head;
    while !cursor.is_null() {
        // SAFETY: the pointer is not null and leads into the list, which lives until `freeifaddrs`.
        let row = unsafe { &*cursor };
        entries.extend(interface_entry(row));
        cursor = row.ifa_next;
    }
    // SAFETY: `head` came from `getifaddrs`, nothing of the list is used after this.
    unsafe { libc::freeifaddrs(head) };
    entries
}

fn interface_entry(row: &libc::ifaddrs) -> Option<super::InterfaceEntry> {
    let up =
        row.ifa_flags & libc::IFF_UP as u32 != 0 && row.ifa_flags & libc::IFF_RUNNING as u32 != 0;
    if !up {
        return None;
    }
    let (address, scope_id) = socket_ip(row.ifa_addr)?;
    let (netmask, _) = socket_ip(row.ifa_netmask)?;
    // SAFETY: the system gives every row a NUL-terminated name that lives as long as the list.
    let name = unsafe { std::ffi::CStr::from_ptr(row.ifa_name) };
    Some(super::InterfaceEntry {
        name: name.to_string_lossy().into_owned(),
        address,
        netmask,
        is_loopback: row.ifa_flags & libc::IFF_LOOPBACK as u32 != 0,
        scope_id,
    })
}

/// The IP address in a socket address of the system's, and its scope.
fn socket_ip(raw: *const libc::sockaddr) -> Option<(std::net::IpAddr, u32)> {
    if raw.is_null() {
        return None;
    }
    // SAFETY: not null, and every socket address begins with its family.
    let family = i32::from(unsafe { (*raw).sa_family });
    match family {
        libc::AF_INET => {
            // SAFETY: the family says that the system put a sockaddr_in there.
            let v4 = unsafe { *raw.cast::<libc::sockaddr_in>() };
            Some((
                std::net::Ipv4Addr::from_bits(u32::from_be(v4.sin_addr.s_addr)).into(),
                0,
            ))
        }
        libc::AF_INET6 => {
            // SAFETY: the family says that the system put a sockaddr_in6 there.
            let v6 = unsafe { *raw.cast::<libc::sockaddr_in6>() };
            Some((
                std::net::Ipv6Addr::from(v6.sin6_addr.s6_addr).into(),
                v6.sin6_scope_id,
            ))
        }
        _ => None,
    }
}

/// What kind of thing a descriptor is, by the names of Node's handle types.
pub fn descriptor_type(fd: i32) -> &'static str {
    use rustix::fs::{FileType, fstat};
    if fd < 0 {
        return "UNKNOWN";
    }
    // SAFETY: the descriptor is only asked about, within this call; one that isn't open gives an error.
    let borrowed = unsafe { std::os::fd::BorrowedFd::borrow_raw(fd) };
    let Ok(stat) = fstat(borrowed) else {
        return "INVALID";
    };
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::Socket if socket_is_ip(borrowed) => "TCP",
        FileType::Socket | FileType::Fifo => "PIPE",
        FileType::CharacterDevice if rustix::termios::isatty(borrowed) => "TTY",
        FileType::RegularFile | FileType::CharacterDevice => "FILE",
        _ => "UNKNOWN",
    }
}

fn socket_is_ip(fd: std::os::fd::BorrowedFd<'_>) -> bool {
    socket2::SockRef::from(&fd)
        .local_addr()
        .is_ok_and(|addr| addr.as_socket().is_some())
}

/// Whether a descriptor is a socket.
pub fn is_socket(fd: i32) -> bool {
    // SAFETY: as in `descriptor_type`.
    let borrowed = unsafe { std::os::fd::BorrowedFd::borrow_raw(fd.max(0)) };
    rustix::fs::fstat(borrowed).is_ok_and(|stat| {
        rustix::fs::FileType::from_raw_mode(stat.st_mode) == rustix::fs::FileType::Socket
    })
}

/// A descriptor of our own for what `fd` names.
///
/// # Errors
/// `EBADF` when it isn't open.
pub fn take_descriptor(fd: i32) -> io::Result<std::os::fd::OwnedFd> {
    use std::os::fd::FromRawFd as _;
    if fd < 0 || descriptor_type(fd) == "INVALID" {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    if fd <= 2 {
        // The standard streams stay open for whoever else uses them: the handle gets a copy.
        // SAFETY: the descriptor is open (just asked) and only borrowed for the call.
        let borrowed = unsafe { std::os::fd::BorrowedFd::borrow_raw(fd) };
        return borrowed.try_clone_to_owned();
    }
    // SAFETY: the descriptor is open (just asked), and the program hands it over: it is the handle's from now on.
    let owned = unsafe { std::os::fd::OwnedFd::from_raw_fd(fd) };
    // A child must not hold a socket of ours open.
    rustix::io::fcntl_setfd(&owned, rustix::io::FdFlags::CLOEXEC)?;
    Ok(owned)
}

/// Lets others connect to a Unix domain socket: everyone who may read, write, or both.
pub fn open_socket_file(path: &std::path::Path, readable: bool, writable: bool) {
    use std::os::unix::fs::PermissionsExt as _;
    if !readable && !writable {
        return;
    }
    let Ok(metadata) = std::fs::metadata(path) else {
        return;
    };
    let mut mode = metadata.permissions().mode();
    mode |= if readable { 0o444 } else { 0 };
    mode |= if writable { 0o222 } else { 0 };
    // Who can't change it is not the owner, and then the socket isn't ours to open.
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
}

/// The index of a network interface, by name or number.
pub fn interface_index(name: &str) -> Option<u32> {
    if let Ok(index) = name.parse() {
        return Some(index);
    }
    let name = CString::new(name).ok()?;
    // SAFETY: the string is terminated and lives through the call.
    let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
    (index != 0).then_some(index)
}

/// The name of the network interface with an index.
pub fn interface_name(index: u32) -> Option<String> {
    let mut name = [0u8; libc::IF_NAMESIZE];
    // SAFETY: the buffer is as long as the call demands, and outlives it.
    let found = unsafe { libc::if_indextoname(index, name.as_mut_ptr().cast()) };
    if found.is_null() {
        return None;
    }
    let name = std::ffi::CStr::from_bytes_until_nul(&name).ok()?;
    name.to_str().ok().map(str::to_owned)
}

/// The host name and service of an address; blocks.
pub fn name_info(ip: std::net::IpAddr, port: u16) -> Option<(String, String)> {
    let addr = socket2::SockAddr::from(std::net::SocketAddr::new(ip, port));
    let mut host = [0u8; 1025];
    let mut service = [0u8; 32];
    // SAFETY: the address is valid for its length; both buffers are passed with their own lengths and outlive the call.
    let status = unsafe {
        libc::getnameinfo(
            addr.as_ptr().cast(),
            addr.len(),
            host.as_mut_ptr().cast(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr().cast(),
            service.len() as libc::socklen_t,
            libc::NI_NAMEREQD,
        )
    };
    if status != 0 {
        return None;
    }
    let text = |bytes: &[u8]| {
        std::ffi::CStr::from_bytes_until_nul(bytes)
            .ok()
            .map(|s| s.to_string_lossy().into_owned())
    };
    Some((text(&host)?, text(&service)?))
}

/// Has writes past the file size limit fail with `EFBIG`, where the signal would end the process.
pub fn ignore_file_size_signal() {
    // SAFETY: SIG_IGN is no function of ours, so nothing runs in a signal handler.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}

/// The size of a socket's receive or send buffer, in bytes, set first where `size` is given.
///
/// # Errors
/// The system's, of `setsockopt` or `getsockopt`.
pub fn socket_buffer_size(fd: i32, sending: bool, size: Option<i32>) -> io::Result<i32> {
    let option = if sending {
        libc::SO_SNDBUF
    } else {
        libc::SO_RCVBUF
    };
    let mut value: libc::c_int = size.unwrap_or(0);
    let mut length = size_of::<libc::c_int>() as libc::socklen_t;
    if size.is_some() {
        let place = (&raw const value).cast();
        // SAFETY: `place` is an int that lives through the call, and `length` is its size.
        let status = unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, option, place, length) };
        if status != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    let place = (&raw mut value).cast();
    // SAFETY: both places are writable and live through the call; `length` is the size of the first.
    let status = unsafe { libc::getsockopt(fd, libc::SOL_SOCKET, option, place, &raw mut length) };
    if status == 0 {
        Ok(value)
    } else {
        Err(io::Error::last_os_error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_c_cannot_take() {
        assert!(execve("a\0b", &[], &[]).is_err());
        assert!(set_id("setnothing", 0).is_err());
        assert!(write_all(-1, b"x").is_err());
        assert!(write_all(-1, b"").is_ok());
    }

    #[test]
    fn umask_reads_without_change() {
        let before = umask(None);
        assert_eq!(before, umask(None));
    }

    #[test]
    fn usage_counts() {
        assert!(resource_usage(false).max_rss_kib > 0);
    }
}
