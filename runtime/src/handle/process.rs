//! Child processes.
//!
//! A child's standard streams that are pipes are sockets, as in Node: the
//! parent's ends are stream handles of the loop. The end of a child is a
//! readiness of its pidfd, or of a listener to SIGCHLD where there is none.
//!
//! See <https://nodejs.org/docs/latest-v24.x/api/child_process.html>.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command};

use crate::event_loop::{CallbackKind, Host, LoopHandle};
use crate::sys::{self, ChildEnd, ExitWatch, Identity, Readiness, Source};

use super::stream::{Stream, StreamKind};
use super::{Handle, HandleId, Kind, not_found};

/// What one of a child's descriptors is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChildStdio {
    /// `/dev/null`.
    #[default]
    Ignore,
    /// A stream to the parent, both ways.
    Pipe,
    /// A copy of the parent's descriptor with this number.
    Inherit(i32),
    /// A copy of the descriptor of an open handle of this loop.
    Handle(HandleId),
}

/// What to start, and how.
#[derive(Debug, Clone, Default)]
pub struct SpawnOptions {
    /// The program: a path, or a name that is looked up in the child's `PATH`.
    pub program: OsString,
    /// The child's `argv[0]`; the program by default.
    pub argv0: Option<OsString>,
    /// The arguments behind `argv[0]`.
    pub args: Vec<OsString>,
    /// The whole environment; the parent's by default.
    pub env: Option<Vec<(OsString, OsString)>>,
    /// Where it starts; the parent's working directory by default.
    pub cwd: Option<PathBuf>,
    /// Its descriptors from 0 up; 0, 1 and 2 are ignored by default.
    pub stdio: Vec<ChildStdio>,
    /// Whether it leads a session of its own, out of reach of the terminal's
    /// signals.
    pub detached: bool,
    /// The user that it runs as.
    pub uid: Option<u32>,
    /// The group that it runs as.
    pub gid: Option<u32>,
}

/// How a child ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// Its exit code, unless a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
}

/// A child that has started.
#[derive(Debug)]
pub struct Spawned {
    /// The child's handle, ref'd. It is to be closed, best after the end: the
    /// end of a child whose handle is closed is never collected.
    pub id: HandleId,
    /// The system's number of it.
    pub pid: u32,
    /// The parent's ends, a stream for every [`ChildStdio::Pipe`].
    pub stdio: Vec<Option<HandleId>>,
}

type OnExit<H> = Box<dyn FnOnce(&mut H, Exit)>;

/// The state of a child.
pub(super) struct Process<H> {
    child: Child,
    pub(super) watch: ExitWatch,
    /// `None` once it has ended.
    pub(super) on_exit: Option<OnExit<H>>,
}

/// Child processes.
impl<H: Host> LoopHandle<H> {
    /// Starts a child. `on_exit` runs once when it has ended; its streams may
    /// still hold data then.
    ///
    /// # Errors
    ///
    /// The system's: `ENOENT` when there is no such program or directory,
    /// `EACCES`, `EPERM`, `EAGAIN`, …; no child and no handle exist then.
    pub fn spawn(
        &self,
        options: &SpawnOptions,
        on_exit: impl FnOnce(&mut H, Exit) + 'static,
    ) -> io::Result<Spawned> {
        let (ours, childs) = self.stdio_ends(&options.stdio)?;
        let identity = Identity {
            argv0: options.argv0.as_deref(),
            uid: options.uid,
            gid: options.gid,
            detached: options.detached,
        };
        let child = sys::spawn(command(options), &identity, childs)?;
        let pid = child.id();
        let id = self.insert_handle(Kind::Process(Box::new(Process {
            watch: ExitWatch::new(&child)?,
            child,
            on_exit: Some(Box::new(on_exit)),
        })))?;
        let streams = ours.into_iter().map(|source| {
            source
                .map(|source| Kind::Stream(Stream::new(source, StreamKind::Pipe)))
                .map(|stream| self.insert_handle(stream))
                .transpose()
        });
        let stdio = streams.collect::<io::Result<_>>()?;
        self.look_for_end(id);
        Ok(Spawned { id, pid, stdio })
    }

    /// Sends a signal to a child; 0 only asks whether it is there.
    ///
    /// # Errors
    ///
    /// `ESRCH` when it has ended, `EINVAL` for a number that is no signal;
    /// `EBADF` when `id` is no open handle of a child.
    pub fn process_kill(&self, id: HandleId, signum: i32) -> io::Result<()> {
        let slots = self.core.handles.slots.borrow();
        let Some(Handle {
            kind: Kind::Process(process),
            ..
        }) = slots.get(id.0)
        else {
            return Err(not_found());
        };
        if process.on_exit.is_none() {
            return Err(sys::no_such_process());
        }
        // The child has not been waited for, so its number is still its own.
        let pid = i32::try_from(process.child.id()).map_err(|_| not_found())?;
        sys::send_signal(pid, signum)
    }

    /// The two ends of each descriptor: the parent's, if it has one, and the
    /// child's.
    #[allow(clippy::type_complexity, reason = "one use, and the parts are plain")]
    fn stdio_ends(&self, stdio: &[ChildStdio]) -> io::Result<(Vec<Option<Source>>, Vec<ChildEnd>)> {
        let (mut ours, mut childs) = (Vec::new(), Vec::new());
        for (target, config) in stdio.iter().enumerate() {
            let (our, child) = match *config {
                ChildStdio::Ignore => (None, ChildEnd::Null),
                ChildStdio::Pipe => {
                    let (our, child) = sys::stdio_pair()?;
                    (Some(our), ChildEnd::Descriptor(child))
                }
                ChildStdio::Inherit(fd) => (None, ChildEnd::Descriptor(sys::duplicate(fd)?)),
                ChildStdio::Handle(id) => {
                    let fd = sys::duplicate(self.descriptor(id).ok_or_else(not_found)?)?;
                    if target <= 2 {
                        // Programs expect standard streams that block.
                        sys::set_blocking(&fd)?;
                    }
                    (None, ChildEnd::Descriptor(fd))
                }
            };
            ours.push(our);
            childs.push(child);
        }
        Ok((ours, childs))
    }

    /// Tells a child's end, if it has come, behind the callbacks of this iteration. (Asked at the start too: a child that
    /// ended before it was watched by signal makes none any more.)
    fn look_for_end(&self, id: HandleId) {
        if let Some((on_exit, exit)) = self.take_exit(id) {
            self.later(CallbackKind::ProcessExit, move |host| on_exit(host, exit));
        }
    }

    /// What a child wrote before it ended is told before its end, where both have come.
    pub(super) fn on_process_ready(&self, _host: &mut H, id: HandleId, _event: Readiness) {
        self.look_for_end(id);
    }

    /// Collects a child's end if it has come.
    fn take_exit(&self, id: HandleId) -> Option<(OnExit<H>, Exit)> {
        let taken = self.with_handle(id, |handle| {
            let Kind::Process(process) = &mut handle.kind else {
                return None;
            };
            process.watch.drain();
            let exit = match process.child.try_wait() {
                Ok(None) => return None,
                Ok(Some(status)) => Exit {
                    code: status.code(),
                    signal: sys::exit_signal(status),
                },
                // Somebody else has collected it.
                Err(_) => Exit {
                    code: None,
                    signal: None,
                },
            };
            Some((process.on_exit.take()?, exit))
        });
        taken.ok().flatten()
    }
}

fn command(options: &SpawnOptions) -> Command {
    let mut command = Command::new(&options.program);
    command.args(&options.args);
    if let Some(env) = &options.env {
        command.env_clear();
        command.envs(env.iter().map(|(name, value)| (name, value)));
    }
    if let Some(cwd) = &options.cwd {
        command.current_dir(cwd);
    }
    command
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::Read;
    use super::super::tests::{Log, finish, start};
    use super::*;

    fn shell(script: &str, stdio: &[ChildStdio]) -> SpawnOptions {
        SpawnOptions {
            program: "sh".into(),
            args: vec!["-c".into(), script.into()],
            stdio: stdio.to_vec(),
            ..SpawnOptions::default()
        }
    }

    fn on_exit(log: &mut Log, exit: Exit) {
        log.note(format!("exit {:?} {:?}", exit.code, exit.signal));
    }

    fn note_all(event_loop: &LoopHandle<Log>, id: Option<HandleId>) {
        let id = id.expect("a stream");
        let started = event_loop.read_start(id, |log: &mut Log, id, read| match read {
            Read::Data(bytes) => log.note(String::from_utf8_lossy(bytes).trim_end()),
            _ => log.event_loop.close(id, None),
        });
        assert!(started.is_ok());
    }

    #[test]
    fn a_child_speaks_through_its_streams_and_ends() {
        let (event_loop, mut log) = start();
        let pipes = [ChildStdio::Pipe; 4];
        let options = shell("read x; echo got $x; cat <&3 >&2; exit 3", &pipes);
        let spawned = event_loop.spawn(&options, on_exit).expect("a child");
        let [stdin, stdout, stderr, extra] = spawned.stdio[..] else {
            panic!("four streams");
        };
        note_all(&event_loop, stdout);
        for (id, text) in [(stdin, "word\n"), (extra, "more\n")] {
            let id = id.expect("a stream");
            assert!(event_loop.write_slice(id, text.as_bytes(), None).is_ok());
            assert!(event_loop.shutdown(id, None).is_ok());
        }
        note_all(&event_loop, stderr);
        assert!(matches!(event_loop.run(&mut log), Ok(false)));
        log.lines.sort();
        finish(
            &event_loop,
            &mut log,
            &["exit Some(3) None", "got word", "more"],
        );
        assert!(event_loop.process_kill(spawned.id, 0).is_err());
        event_loop.close(spawned.id, None);
    }

    #[test]
    fn a_signal_that_ends_a_child_is_told() {
        let (event_loop, mut log) = start();
        let options = SpawnOptions {
            detached: true,
            ..shell("read x", &[ChildStdio::Pipe])
        };
        let spawned = event_loop.spawn(&options, on_exit).expect("a child");
        assert!(event_loop.process_kill(spawned.id, libc::SIGTERM).is_ok());
        finish(&event_loop, &mut log, &["exit None Some(15)"]);
    }

    #[test]
    fn environment_directory_and_argv0_are_the_childs_own() {
        let (event_loop, mut log) = start();
        let options = SpawnOptions {
            env: Some(vec![("NAME".into(), "value".into())]),
            cwd: Some("/".into()),
            argv0: Some("zero".into()),
            program: "/bin/sh".into(),
            ..shell(
                "echo $0 $NAME $PWD$HOME",
                &[ChildStdio::Ignore, ChildStdio::Pipe],
            )
        };
        let spawned = event_loop.spawn(&options, |_, _| {}).expect("a child");
        note_all(&event_loop, spawned.stdio.get(1).copied().flatten());
        finish(&event_loop, &mut log, &["zero value /"]);
    }

    #[test]
    fn a_child_that_can_not_start_leaves_nothing() {
        let (event_loop, _) = start();
        let options = SpawnOptions {
            program: "no-such-program-anywhere".into(),
            stdio: vec![ChildStdio::Pipe; 3],
            ..SpawnOptions::default()
        };
        let spawned = event_loop.spawn(&options, |_, _| {});
        assert!(spawned.is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
        assert_eq!(event_loop.n_handles(), 0);
        let options = shell("", &[ChildStdio::Inherit(-1)]);
        assert!(event_loop.spawn(&options, |_, _| {}).is_err());
    }
}
