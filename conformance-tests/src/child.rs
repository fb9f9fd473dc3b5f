//! Running one child process to its end or its time limit, output kept.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How a child ended, and what it wrote.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The exit code; `None` for death by a signal.
    pub code: Option<i32>,
    /// Whether the time limit ended it.
    pub timed_out: bool,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
}

/// Output beyond this many bytes of a stream is thrown away.
const OUTPUT_LIMIT_BYTES: u64 = 4 << 20;

/// Runs `command` with an empty stdin; kills it, and what it started, after `limit`.
///
/// # Errors
/// Where the program can't be started.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<Outcome> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn()?;
    let group = child.id();
    let stdout = read_in_background(child.stdout.take());
    let stderr = read_in_background(child.stderr.take());
    let (sender, receiver) = mpsc::channel();
    let waiter = thread::spawn(move || {
        let status = child.wait();
        // The receiver is gone only after the limit, when nobody asks any more.
        let _ = sender.send(());
        (child, status)
    });
    let timed_out = receiver.recv_timeout(limit).is_err();
    kill_group(group);
    let (child, status) = waiter
        .join()
        .map_err(|_| io::Error::other("the waiting thread failed"))?;
    drop::<Child>(child);
    let code = status?.code();
    let collect = |reader: thread::JoinHandle<String>| reader.join().unwrap_or_default();
    Ok(Outcome {
        code,
        timed_out,
        stdout: collect(stdout),
        stderr: collect(stderr),
    })
}

fn read_in_background(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // A stream that breaks off gives what it gave.
            let _ = stream
                .by_ref()
                .take(OUTPUT_LIMIT_BYTES)
                .read_to_end(&mut bytes);
            let _ = io::copy(&mut stream, &mut io::sink());
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Ends whatever the child left running in its process group.
fn kill_group(group: u32) {
    // A group that is gone already is what we want.
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{group}")])
        .stderr(Stdio::null())
        .status();
}
