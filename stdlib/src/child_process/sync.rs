//! `spawnSync`: a child that is waited for on a loop of its own, while the program's loop stands still.
//!
//! The loop carries the child, its pipes and the time limit, and nothing of JavaScript, so no callback of the program can
//! run in between. Output is kept until its limit; what goes beyond it, or beyond the time, ends the child with the signal
//! of `killSignal`.

use std::io;
use std::time::Duration;

use ouro_engine::{Arguments, Array, Context, Error, Object, Value};
use ouro_runtime::event_loop::{EventLoop, Host, LoopHandle};
use ouro_runtime::handle::{Exit, HandleId, Read, SpawnOptions};

use super::request;
use crate::buffer::new_buffer;
use crate::internal::system_error::{SystemError, errno_of};

/// What the child may use, and how it is ended where it uses more.
struct Limits {
    timeout: Option<Duration>,
    max_buffer_bytes: usize,
    kill_signal: i32,
}

/// How a child that was waited for went.
#[derive(Default)]
struct Outcome {
    pid: u32,
    exit: Option<Exit>,
    /// A negative errno: `ETIMEDOUT`, `ENOBUFS`, or why it did not start.
    error: i32,
    /// What it wrote, for each descriptor that was a pipe.
    output: Vec<Option<Vec<u8>>>,
}

/// The host of the loop: what has come so far.
struct Runner {
    event_loop: LoopHandle<Runner>,
    child: Option<HandleId>,
    streams: Vec<Option<HandleId>>,
    limits: Limits,
    outcome: Outcome,
}

impl Host for Runner {
    fn checkpoint(&mut self) {}
}

impl Runner {
    /// Ends the child and stops reading: its own children may hold the pipes open for ever.
    fn give_up(&mut self, code: &'static str) {
        if self.outcome.error == 0 {
            self.outcome.error = SystemError::from_code(code, "spawnSync").errno;
        }
        if let Some(child) = self.child {
            // It may have ended by itself in the meantime.
            let _ = self.event_loop.process_kill(child, self.limits.kill_signal);
        }
        for stream in self.streams.iter_mut().filter_map(Option::take) {
            self.event_loop.close(stream, None);
        }
    }

    fn on_read(&mut self, index: usize, read: Read<'_>) {
        let Read::Data(bytes) = read else {
            if let Some(stream) = self.streams.get_mut(index).and_then(Option::take) {
                self.event_loop.close(stream, None);
            }
            return;
        };
        let Some(Some(output)) = self.outcome.output.get_mut(index) else {
            return;
        };
        output.extend_from_slice(bytes);
        // As in Node, what has been read is given whole: output may be longer than its limit by one read.
        if output.len() > self.limits.max_buffer_bytes {
            self.give_up("ENOBUFS");
        }
    }
}

/// Runs a child to its end. `inputs` are what its pipes get to read.
fn run(options: &SpawnOptions, inputs: Vec<Vec<u8>>, limits: Limits) -> io::Result<Outcome> {
    let event_loop = EventLoop::new()?;
    let handle = event_loop.handle();
    let timeout = limits.timeout;
    let spawned = handle.spawn(options, |runner: &mut Runner, exit| {
        runner.outcome.exit = Some(exit)
    })?;
    let output = spawned
        .stdio
        .iter()
        .enumerate()
        .map(|(index, id)| id.filter(|_| index > 0).map(|_| Vec::new()));
    let mut runner = Runner {
        event_loop: event_loop.handle(),
        child: Some(spawned.id),
        outcome: Outcome {
            pid: spawned.pid,
            output: output.collect(),
            ..Outcome::default()
        },
        streams: spawned.stdio.clone(),
        limits,
    };
    let mut inputs = inputs.into_iter();
    for (index, stream) in spawned.stdio.into_iter().enumerate() {
        let input = inputs.next().unwrap_or_default();
        let Some(id) = stream else { continue };
        if !input.is_empty() {
            // A child that does not read its input is no error of ours.
            let _ = handle.write_slice(id, &input, Some(Box::new(|_, _| {})));
        }
        // So is one that closes it.
        let _ = handle.shutdown(id, None);
        handle.read_start(id, move |runner: &mut Runner, _, read| {
            runner.on_read(index, read)
        })?;
    }
    if let Some(timeout) = timeout {
        let limit_ms = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        let timer = handle.timer_start(limit_ms, None, |runner: &mut Runner| {
            runner.give_up("ETIMEDOUT")
        });
        handle.timer_set_ref(timer, false);
    }
    event_loop
        .run(&mut runner)
        .map_err(|error| io::Error::other(error.to_string()))?;
    handle.close(spawned.id, None);
    Ok(runner.outcome)
}

/// `spawnSync(options)`: beside what `spawn` reads, `input` (an array of byte views or nothing, one for each descriptor),
/// `timeout` in milliseconds, `maxBuffer` in bytes, `killSignal`. Gives `{ pid, status, signal, error, output }`, where
/// `error` is a negative errno or zero and `signal` a number or zero.
pub fn spawn_sync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let from = args.at(0).to_object(ctx)?;
    let outcome = match request::read(ctx, &from)? {
        Ok(options) => {
            let inputs = inputs(ctx, &from)?;
            let limits = limits(ctx, &from)?;
            run(&options, inputs, limits).unwrap_or_else(|error| failed(errno_of(&error)))
        }
        Err(errno) => failed(errno),
    };
    to_object(ctx, outcome)
}

fn failed(error: i32) -> Outcome {
    Outcome {
        error,
        ..Outcome::default()
    }
}

fn inputs(ctx: &mut Context, from: &Object) -> Result<Vec<Vec<u8>>, Error> {
    let Some(list) = from.get(ctx, "input")?.as_array() else {
        return Ok(Vec::new());
    };
    let mut inputs = Vec::new();
    for value in list.to_vec(ctx)? {
        inputs.push(if value.is_object() {
            ctx.with_bytes(&value, <[u8]>::to_vec)?
        } else {
            Vec::new()
        });
    }
    Ok(inputs)
}

fn limits(ctx: &mut Context, from: &Object) -> Result<Limits, Error> {
    let timeout_ms = from.get(ctx, "timeout")?.as_number().filter(|ms| *ms > 0.0);
    let max_buffer = from
        .get(ctx, "maxBuffer")?
        .as_number()
        .unwrap_or(f64::INFINITY);
    Ok(Limits {
        timeout: timeout_ms.map(|ms| Duration::from_millis(ms as u64)),
        // Infinity becomes the largest number: a cast saturates.
        max_buffer_bytes: max_buffer as usize,
        kill_signal: from
            .get(ctx, "killSignal")?
            .as_i32()
            .unwrap_or(libc::SIGTERM),
    })
}

fn to_object(ctx: &mut Context, outcome: Outcome) -> Result<Value, Error> {
    let mut output = Vec::with_capacity(outcome.output.len());
    for bytes in &outcome.output {
        output.push(match bytes {
            Some(bytes) => new_buffer(ctx, bytes)?,
            None => Value::null(),
        });
    }
    let output = Array::from_values(ctx, &output);
    let exit = outcome.exit.unwrap_or(Exit {
        code: None,
        signal: None,
    });
    let result = Object::new(ctx);
    result.set(ctx, "pid", outcome.pid)?;
    result.set(ctx, "status", exit.code.map_or(Value::null(), Value::from))?;
    result.set(ctx, "signal", exit.signal.unwrap_or(0))?;
    result.set(ctx, "error", outcome.error)?;
    result.set(ctx, "output", output)?;
    Ok(result.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use ouro_runtime::handle::ChildStdio;

    fn sh(script: &str, input: &str, timeout_ms: Option<u64>, max_buffer_bytes: usize) -> Outcome {
        let options = SpawnOptions {
            program: "sh".into(),
            args: vec!["-c".into(), script.into()],
            stdio: vec![ChildStdio::Pipe; 3],
            ..SpawnOptions::default()
        };
        let limits = Limits {
            timeout: timeout_ms.map(Duration::from_millis),
            max_buffer_bytes,
            kill_signal: 9,
        };
        run(&options, vec![input.into()], limits).expect("a loop and a shell")
    }

    #[test]
    fn input_goes_in_and_output_comes_out() {
        let outcome = sh("cat; echo bad >&2; exit 3", "hello", None, 1000);
        assert_eq!(
            outcome.exit,
            Some(Exit {
                code: Some(3),
                signal: None
            })
        );
        assert_eq!(
            outcome.output,
            [None, Some(b"hello".to_vec()), Some(b"bad\n".to_vec())]
        );
        assert_eq!(outcome.error, 0);
    }

    #[test]
    fn too_much_output_and_too_much_time_end_it() {
        let outcome = sh("echo 123456; exec sleep 100", "", None, 3);
        assert_eq!(outcome.output.get(1), Some(&Some(b"123456\n".to_vec())));
        assert_eq!(
            outcome.exit,
            Some(Exit {
                code: None,
                signal: Some(9)
            })
        );
        assert_eq!(outcome.error, SystemError::from_code("ENOBUFS", "").errno);
        let outcome = sh("sleep 100", "", Some(20), 3);
        assert_eq!(outcome.error, SystemError::from_code("ETIMEDOUT", "").errno);
    }
}
