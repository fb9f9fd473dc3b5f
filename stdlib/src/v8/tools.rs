//! What a command line or the environment asks of the engine's tools: `--cpu-prof`, `NODE_V8_COVERAGE`,
//! `--heapsnapshot-signal`.
//!
//! [`start`] comes before the main module, [`finish`] when the program ends. A file that can't be written is told on stderr;
//! the exit code stays the program's. Source: <https://nodejs.org/docs/latest-v24.x/api/cli.html>.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ouro_engine::{Context, Error, Value};
use ouro_runtime::RuntimeCore;

use crate::internal::loader::call_core;
use crate::process::ProcessState;
use crate::{NodeOptions, sys};

/// The time between two samples unless `--cpu-prof-interval` says otherwise.
pub const SAMPLE_INTERVAL: Duration = Duration::from_millis(1);

/// What is under way, and how many files were written.
#[derive(Default)]
struct Tools {
    profiles: Cell<bool>,
    covers: Cell<bool>,
    n_files: Cell<u32>,
}

/// Where coverage goes, if it is wanted.
fn coverage_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("NODE_V8_COVERAGE").filter(|folder| !folder.is_empty())?;
    let folder = PathBuf::from(folder);
    Some(std::path::absolute(&folder).unwrap_or(folder))
}

/// Switches on what the options and the environment ask for.
///
/// # Errors
/// Where the engine has no such tool, or the signal is none.
pub fn start(ctx: &mut Context) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let tools = core.state::<Tools>();
    let options = core.state::<ProcessState>().options();
    if is_on(&options, "cpu-prof") {
        let interval = options.flags.get("cpu-prof-interval");
        let interval_us = interval.and_then(|text| text.parse().ok());
        ctx.start_cpu_profile(interval_us.map_or(SAMPLE_INTERVAL, Duration::from_micros))?;
        tools.profiles.set(true);
    }
    if coverage_folder().is_some() {
        ctx.start_precise_coverage()?;
        tools.covers.set(true);
    }
    if let Some(signal) = options.flags.get("heapsnapshot-signal") {
        let args = [Value::from(signal.as_str())];
        call_core(ctx, "internal/v8/snapshot", "writeOnSignal", &args)?;
    }
    Ok(())
}

/// Writes what was recorded. A second call finds nothing to write.
pub fn finish(ctx: &mut Context) {
    let Ok(core) = RuntimeCore::of(ctx) else {
        return;
    };
    let tools = core.state::<Tools>();
    if tools.profiles.replace(false) {
        let written = write_profile(ctx, &core.state::<ProcessState>().options(), &tools);
        complain(ctx, written);
    }
    if tools.covers.get() {
        let written = write_coverage(ctx);
        complain(ctx, written);
    }
}

fn complain(ctx: &mut Context, written: Result<(), Error>) {
    if let Err(error) = written {
        let text = format!("{}\n", error.message(ctx));
        // Without stderr there is nobody to tell.
        let _ = sys::write_all(2, text.as_bytes());
    }
}

fn is_on(options: &NodeOptions, name: &str) -> bool {
    options
        .flags
        .get(name)
        .is_some_and(|value| value != "false")
}

fn write_profile(ctx: &mut Context, options: &NodeOptions, tools: &Tools) -> Result<(), Error> {
    let profile = ctx.stop_cpu_profile()?;
    let folder = ["cpu-prof-dir", "diagnostic-dir"]
        .iter()
        .find_map(|name| options.flags.get(*name));
    let name = match options.flags.get("cpu-prof-name") {
        Some(name) => name.replace("${pid}", &std::process::id().to_string()),
        None => diagnostic_name(ctx, "CPU", tools, "cpuprofile")?,
    };
    let folder = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
    write(&folder, &name, &profile)
}

/// Writes the coverage since the last time, if it is on.
///
/// # Errors
/// Where the file can't be written.
pub fn write_coverage(ctx: &mut Context) -> Result<(), Error> {
    let tools = RuntimeCore::of(ctx)?.state::<Tools>();
    let Some(folder) = coverage_folder().filter(|_| tools.covers.get()) else {
        return Ok(());
    };
    let Ok(coverage) = ctx.take_precise_coverage() else {
        // `v8.stopCoverage()`
        return Ok(());
    };
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let now_ms = since.unwrap_or_default().as_millis();
    let serial = tools.n_files.replace(tools.n_files.get() + 1);
    let name = format!("coverage-{}-{now_ms}-{serial}.json", std::process::id());
    write(&folder, &name, &coverage)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    let file = folder.join(name);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, text))
        .map_err(|error| Error::error(format!("{}: Failed to write file: {error}", file.display())))
}

/// `CPU.yyyymmdd.hhmmss.pid.thread.serial.cpuprofile`
fn diagnostic_name(
    ctx: &mut Context,
    prefix: &str,
    tools: &Tools,
    extension: &str,
) -> Result<String, Error> {
    let serial = tools.n_files.get() + 1;
    tools.n_files.set(serial);
    let args = [
        Value::from(prefix),
        Value::from(serial),
        Value::from(extension),
    ];
    call_core(ctx, "internal/v8/snapshot", "diagnosticName", &args)?.to_rust_string(ctx)
}
