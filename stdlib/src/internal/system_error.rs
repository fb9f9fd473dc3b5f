//! System errors: what the operating system refused, told the way Node tells it.
//!
//! Every plain function of a binding (layer 1) fails with a [`SystemError`]; the glue turns it into a JavaScript `Error`
//! whose message is `CODE: text, syscall 'path' -> 'dest'` and whose own properties are `errno`, `code`, `syscall`,
//! `path`, `dest`, in that order, the last two only where the call had them.
//!
//! Numbers and texts are libuv's: on Unix the negated `errno`, elsewhere libuv's own values from -4095 upwards. They stand
//! once, in the table at the end of this file. Not here: the JavaScript registry of `ERR_*` codes (`errors.js`).
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/errors.html#class-systemerror>,
//! <https://docs.libuv.org/en/v1.x/errors.html>

use std::fmt;
use std::io;
use std::path::PathBuf;

use ouro_engine::{Context, Error};

/// A failed system call, or a failure that is reported like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemError {
    /// libuv's error number: negative; on Unix the negated `errno`.
    pub errno: i32,
    /// The name of `errno`, such as `ENOENT`; `UNKNOWN` for a number that libuv has no name for.
    pub code: &'static str,
    /// The operation in Node's words (`open`, `scandir`, `copyfile`, …), not always the kernel's.
    pub syscall: &'static str,
    /// The path that the operation was about, as the caller gave it.
    pub path: Option<PathBuf>,
    /// The second path of an operation that has two (`rename`, `link`, `symlink`, `copyfile`).
    pub dest: Option<PathBuf>,
}

impl SystemError {
    /// An error from one of libuv's numbers (negative).
    pub fn from_errno(errno: i32, syscall: &'static str) -> Self {
        let code = lookup(errno).map_or("UNKNOWN", |entry| entry.code);
        Self {
            errno,
            code,
            syscall,
            path: None,
            dest: None,
        }
    }

    /// An error from one of libuv's names. A name outside the table becomes `UNKNOWN`.
    pub fn from_code(code: &str, syscall: &'static str) -> Self {
        let errno = TABLE
            .iter()
            .find(|entry| entry.code == code)
            .map_or(UNKNOWN, |entry| entry.errno);
        Self::from_errno(errno, syscall)
    }

    /// An error from what the standard library reported.
    pub fn from_io(error: &io::Error, syscall: &'static str) -> Self {
        Self::from_errno(errno_of(error), syscall)
    }

    /// The same error about `path`.
    #[must_use]
    pub fn with_path(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same error with `dest` as the second path.
    #[must_use]
    pub fn with_dest(mut self, dest: impl Into<PathBuf>) -> Self {
        self.dest = Some(dest.into());
        self
    }

    /// The JavaScript error, with its properties in Node's order.
    pub fn into_error(self, _ctx: &mut Context) -> Error {
        let mut error = Error::error(self.to_string())
            .with_property("errno", self.errno)
            .with_property("code", self.code)
            .with_property("syscall", self.syscall);
        if let Some(path) = &self.path {
            error = error.with_property("path", path.to_string_lossy().into_owned());
        }
        if let Some(dest) = &self.dest {
            error = error.with_property("dest", dest.to_string_lossy().into_owned());
        }
        error
    }

    /// libuv's text for this error: `no such file or directory`.
    pub fn text(&self) -> &'static str {
        message(self.errno)
    }
}

/// The message of the JavaScript error: `ENOENT: no such file or directory, open 'x'`.
impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.code, self.text(), self.syscall)?;
        if let Some(path) = &self.path {
            write!(f, " '{}'", path.display())?;
        }
        if let Some(dest) = &self.dest {
            write!(f, " -> '{}'", dest.display())?;
        }
        Ok(())
    }
}

impl std::error::Error for SystemError {}

/// One of libuv's errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The negative number.
    pub errno: i32,
    /// The symbolic name.
    pub code: &'static str,
    /// The text.
    pub message: &'static str,
}

/// Every error that libuv names, in libuv's order (the order of `util.getSystemErrorMap()`).
pub fn entries() -> &'static [ErrorEntry] {
    TABLE
}

/// The table's entry for a number, if libuv names it.
pub fn lookup(errno: i32) -> Option<&'static ErrorEntry> {
    TABLE.iter().find(|entry| entry.errno == errno)
}

/// libuv's text for a number; `unknown error` where it has none.
pub fn message(errno: i32) -> &'static str {
    lookup(errno).map_or("unknown error", |entry| entry.message)
}

/// libuv's number for an error of the standard library: the operating system's own where there is one, else the nearest.
pub fn errno_of(error: &io::Error) -> i32 {
    #[cfg(unix)]
    if let Some(raw) = error.raw_os_error() {
        return -raw;
    }
    let code = match error.kind() {
        io::ErrorKind::NotFound => "ENOENT",
        io::ErrorKind::PermissionDenied => "EPERM",
        io::ErrorKind::ConnectionRefused => "ECONNREFUSED",
        io::ErrorKind::ConnectionReset => "ECONNRESET",
        io::ErrorKind::ConnectionAborted => "ECONNABORTED",
        io::ErrorKind::HostUnreachable => "EHOSTUNREACH",
        io::ErrorKind::NetworkUnreachable => "ENETUNREACH",
        io::ErrorKind::NetworkDown => "ENETDOWN",
        io::ErrorKind::NotConnected => "ENOTCONN",
        io::ErrorKind::AddrInUse => "EADDRINUSE",
        io::ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
        io::ErrorKind::BrokenPipe => "EPIPE",
        io::ErrorKind::AlreadyExists => "EEXIST",
        io::ErrorKind::WouldBlock => "EAGAIN",
        io::ErrorKind::NotADirectory => "ENOTDIR",
        io::ErrorKind::IsADirectory => "EISDIR",
        io::ErrorKind::DirectoryNotEmpty => "ENOTEMPTY",
        io::ErrorKind::ReadOnlyFilesystem => "EROFS",
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename => "EINVAL",
        io::ErrorKind::TimedOut => "ETIMEDOUT",
        io::ErrorKind::StorageFull => "ENOSPC",
        io::ErrorKind::FileTooLarge => "EFBIG",
        io::ErrorKind::ResourceBusy => "EBUSY",
        io::ErrorKind::CrossesDevices => "EXDEV",
        io::ErrorKind::TooManyLinks => "EMLINK",
        io::ErrorKind::Interrupted => "EINTR",
        io::ErrorKind::Unsupported => "ENOTSUP",
        io::ErrorKind::OutOfMemory => "ENOMEM",
        io::ErrorKind::UnexpectedEof => "EOF",
        _ => "UNKNOWN",
    };
    TABLE
        .iter()
        .find(|entry| entry.code == code)
        .map_or(UNKNOWN, |entry| entry.errno)
}

/// libuv's number for an error without a name.
const UNKNOWN: i32 = -4094;

/// `NAME = libuv's fixed number, "text"`: the number holds everywhere. `NAME @ …`: on Unix the negated `libc::NAME` instead.
macro_rules! table {
    ($($name:ident $kind:tt $number:literal $text:literal;)*) => {
        &[$(ErrorEntry { errno: number!($name $kind $number), code: stringify!($name), message: $text }),*]
    };
}

macro_rules! number {
    ($name:ident = $number:literal) => {
        -$number
    };
    ($name:ident linux $number:literal) => {{
        #[cfg(target_os = "linux")]
        {
            -libc::$name
        }
        #[cfg(not(target_os = "linux"))]
        {
            -$number
        }
    }};
    ($name:ident @ $number:literal) => {{
        #[cfg(unix)]
        {
            -libc::$name
        }
        #[cfg(not(unix))]
        {
            -$number
        }
    }};
}

/// libuv's errors. The third column is the number where the platform has none of its own.
#[rustfmt::skip]
const TABLE: &[ErrorEntry] = table! {
    E2BIG           @ 4093 "argument list too long";
    EACCES          @ 4092 "permission denied";
    EADDRINUSE      @ 4091 "address already in use";
    EADDRNOTAVAIL   @ 4090 "address not available";
    EAFNOSUPPORT    @ 4089 "address family not supported";
    EAGAIN          @ 4088 "resource temporarily unavailable";
    EAI_ADDRFAMILY  = 3000 "address family not supported";
    EAI_AGAIN       = 3001 "temporary failure";
    EAI_BADFLAGS    = 3002 "bad ai_flags value";
    EAI_BADHINTS    = 3013 "invalid value for hints";
    EAI_CANCELED    = 3003 "request canceled";
    EAI_FAIL        = 3004 "permanent failure";
    EAI_FAMILY      = 3005 "ai_family not supported";
    EAI_MEMORY      = 3006 "out of memory";
    EAI_NODATA      = 3007 "no address";
    EAI_NONAME      = 3008 "unknown node or service";
    EAI_OVERFLOW    = 3009 "argument buffer overflow";
    EAI_PROTOCOL    = 3014 "resolved protocol is unknown";
    EAI_SERVICE     = 3010 "service not available for socket type";
    EAI_SOCKTYPE    = 3011 "socket type not supported";
    EALREADY        @ 4084 "connection already in progress";
    EBADF           @ 4083 "bad file descriptor";
    EBUSY           @ 4082 "resource busy or locked";
    ECANCELED       @ 4081 "operation canceled";
    ECHARSET        = 4080 "invalid Unicode character";
    ECONNABORTED    @ 4079 "software caused connection abort";
    ECONNREFUSED    @ 4078 "connection refused";
    ECONNRESET      @ 4077 "connection reset by peer";
    EDESTADDRREQ    @ 4076 "destination address required";
    EEXIST          @ 4075 "file already exists";
    EFAULT          @ 4074 "bad address in system call argument";
    EFBIG           @ 4036 "file too large";
    EHOSTUNREACH    @ 4073 "host is unreachable";
    EINTR           @ 4072 "interrupted system call";
    EINVAL          @ 4071 "invalid argument";
    EIO             @ 4070 "i/o error";
    EISCONN         @ 4069 "socket is already connected";
    EISDIR          @ 4068 "illegal operation on a directory";
    ELOOP           @ 4067 "too many symbolic links encountered";
    EMFILE          @ 4066 "too many open files";
    EMSGSIZE        @ 4065 "message too long";
    ENAMETOOLONG    @ 4064 "name too long";
    ENETDOWN        @ 4063 "network is down";
    ENETUNREACH     @ 4062 "network is unreachable";
    ENFILE          @ 4061 "file table overflow";
    ENOBUFS         @ 4060 "no buffer space available";
    ENODEV          @ 4059 "no such device";
    ENOENT          @ 4058 "no such file or directory";
    ENOMEM          @ 4057 "not enough memory";
    ENONET          linux 4056 "machine is not on the network";
    ENOPROTOOPT     @ 4035 "protocol not available";
    ENOSPC          @ 4055 "no space left on device";
    ENOSYS          @ 4054 "function not implemented";
    ENOTCONN        @ 4053 "socket is not connected";
    ENOTDIR         @ 4052 "not a directory";
    ENOTEMPTY       @ 4051 "directory not empty";
    ENOTSOCK        @ 4050 "socket operation on non-socket";
    ENOTSUP         @ 4049 "operation not supported on socket";
    EOVERFLOW       @ 4026 "value too large for defined data type";
    EPERM           @ 4048 "operation not permitted";
    EPIPE           @ 4047 "broken pipe";
    EPROTO          @ 4046 "protocol error";
    EPROTONOSUPPORT @ 4045 "protocol not supported";
    EPROTOTYPE      @ 4044 "protocol wrong type for socket";
    ERANGE          @ 4034 "result too large";
    EROFS           @ 4043 "read-only file system";
    ESHUTDOWN       @ 4042 "cannot send after transport endpoint shutdown";
    ESPIPE          @ 4041 "invalid seek";
    ESRCH           @ 4040 "no such process";
    ETIMEDOUT       @ 4039 "connection timed out";
    ETXTBSY         @ 4038 "text file is busy";
    EXDEV           @ 4037 "cross-device link not permitted";
    UNKNOWN         = 4094 "unknown error";
    EOF             = 4095 "end of file";
    ENXIO           @ 4033 "no such device or address";
    EMLINK          @ 4032 "too many links";
    EHOSTDOWN       @ 4031 "host is down";
    EREMOTEIO       linux 4030 "remote I/O error";
    ENOTTY          @ 4029 "inappropriate ioctl for device";
    EFTYPE          = 4028 "inappropriate file type or format";
    EILSEQ          @ 4027 "illegal byte sequence";
    ESOCKTNOSUPPORT @ 4025 "socket type not supported";
    ENODATA         linux 4024 "no data available";
    EUNATCH         linux 4023 "protocol driver not attached";
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_names_code_text_syscall_and_both_paths() {
        let error = SystemError::from_code("ENOENT", "rename")
            .with_path("/a")
            .with_dest("/b");
        assert_eq!(
            error.to_string(),
            "ENOENT: no such file or directory, rename '/a' -> '/b'"
        );
        let error = SystemError::from_code("EBADF", "close");
        assert_eq!(error.to_string(), "EBADF: bad file descriptor, close");
    }

    #[test]
    fn io_errors_keep_the_systems_number() {
        let error = std::fs::File::open("/no/such/file").expect_err("the file does not exist");
        let error = SystemError::from_io(&error, "open");
        assert_eq!(error.code, "ENOENT");
        assert_eq!(lookup(error.errno).map(|entry| entry.code), Some("ENOENT"));
    }

    #[test]
    fn unnamed_numbers_are_unknown_but_keep_their_value() {
        let error = SystemError::from_errno(-12345, "read");
        assert_eq!((error.errno, error.code), (-12345, "UNKNOWN"));
        assert_eq!(error.text(), "unknown error");
    }

    #[test]
    fn numbers_and_names_are_unique() {
        for (i, entry) in TABLE.iter().enumerate() {
            assert!(entry.errno < 0, "{}", entry.code);
            assert!(
                !TABLE[..i]
                    .iter()
                    .any(|e| e.errno == entry.errno || e.code == entry.code),
                "{}",
                entry.code
            );
        }
    }
}
