//! Exit codes, and the few things that are printed without a runtime.
//!
//! Codes: <https://nodejs.org/docs/latest-v24.x/api/process.html#exit-codes>.

use std::io::Write as _;
use std::process::ExitCode;

use crate::cli::CliError;

/// The command line can't be understood.
const BAD_ARGUMENT: u8 = 9;

/// A number as the operating system takes it: its lowest byte.
pub fn from_code(code: i32) -> ExitCode {
    ExitCode::from((code & 0xff) as u8)
}

/// Prints to stdout; a reader that has gone is no error.
pub fn print(text: &str) -> ExitCode {
    // Whoever closed stdout does not want the text.
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// Says what is wrong with the command line.
pub fn bad_command_line(argv0: &str, error: &CliError) -> ExitCode {
    // Without stderr there is nobody to tell; the code says it.
    let _ = writeln!(std::io::stderr(), "{argv0}: {error}");
    ExitCode::from(BAD_ARGUMENT)
}
