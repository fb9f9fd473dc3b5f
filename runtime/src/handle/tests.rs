//! Streams on real sockets of this machine: what callbacks saw, in order.

use std::cell::{Cell, RefCell};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;

use super::*;
use crate::event_loop::EventLoop;

/// A host that notes what happened.
pub(super) struct Log {
    pub(super) event_loop: LoopHandle<Log>,
    pub(super) lines: Vec<String>,
}

impl Host for Log {
    fn checkpoint(&mut self) {}
}

impl Log {
    pub(super) fn note(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn note_result(&mut self, label: &str, result: io::Result<()>) {
        let text = match result {
            Ok(()) => "ok".to_owned(),
            Err(error) => format!("{:?}", error.raw_os_error()),
        };
        self.note(format!("{label} {text}"));
    }
}

pub(super) fn start() -> (EventLoop<Log>, Log) {
    let event_loop = EventLoop::new().expect("descriptors for a loop");
    let log = Log {
        event_loop: event_loop.handle(),
        lines: Vec::new(),
    };
    (event_loop, log)
}

#[track_caller]
pub(super) fn finish(event_loop: &EventLoop<Log>, log: &mut Log, expected: &[&str]) {
    let alive = event_loop.run(log);
    assert!(matches!(alive, Ok(false)), "{alive:?}");
    assert_eq!(log.lines, expected);
}

fn localhost() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

fn says(label: &'static str) -> OnDone<Log> {
    Box::new(move |log, result| log.note_result(label, result))
}

fn closes(label: &'static str) -> Option<OnClose<Log>> {
    Some(Box::new(move |log| log.note(label)))
}

/// A server that sends back what it gets and closes at the end.
fn echo_server(event_loop: &LoopHandle<Log>, n_connections: usize) -> (HandleId, SocketAddr) {
    let own = Rc::new(Cell::new(None));
    let id = Rc::clone(&own);
    let mut n_left = n_connections;
    let listener = event_loop
        .tcp_listen(
            localhost(),
            TcpListenOptions::default(),
            move |log: &mut Log, connection| {
                let event_loop = log.event_loop.clone();
                let connection = connection.expect("an accepted connection");
                n_left -= 1;
                if let (0, Some(id)) = (n_left, id.get()) {
                    event_loop.close(id, None);
                }
                let started = event_loop.read_start(connection, echo);
                assert!(started.is_ok());
            },
        )
        .expect("a listening socket");
    own.set(Some(listener));
    let addr = event_loop.local_addr(listener).expect("its address");
    (listener, addr)
}

fn echo(log: &mut Log, id: HandleId, read: Read<'_>) {
    let event_loop = log.event_loop.clone();
    match read {
        Read::Data(bytes) => {
            let written = event_loop.write_slice(id, bytes, None);
            assert!(written.is_ok(), "{written:?}");
        }
        Read::Eof | Read::Error(_) => event_loop.close(id, None),
    }
}

#[test]
fn a_connection_from_birth_to_death() {
    let (event_loop, mut log) = start();
    let (_, addr) = echo_server(&event_loop, 1);
    let connected = event_loop.tcp_connect(
        addr,
        TcpConnectOptions::default(),
        move |log: &mut Log, id, result| {
            log.note_result("connected", result);
            let event_loop = log.event_loop.clone();
            assert_eq!(event_loop.peer_addr(id).ok(), Some(addr));
            assert!(event_loop.set_nodelay(id, true).is_ok());
            assert!(event_loop.set_keepalive(id, Some(60)).is_ok());
            let written = event_loop.write(
                id,
                vec![b"he".to_vec().into(), (&b"llo"[..]).into()],
                Some(says("unused")),
            );
            assert_eq!(written.ok(), Some(Written::Done));
            let started = event_loop.read_start(id, |log: &mut Log, id, read| match read {
                Read::Data(bytes) => {
                    log.note(String::from_utf8_lossy(bytes));
                    let shut = log.event_loop.shutdown(id, Some(says("shutdown")));
                    assert!(shut.is_ok());
                    assert!(log.event_loop.write_slice(id, b"late", None).is_err());
                }
                Read::Eof => {
                    log.note("end");
                    log.event_loop.close(id, closes("closed"));
                }
                Read::Error(error) => log.note(error.to_string()),
            });
            assert!(started.is_ok());
        },
    );
    assert!(connected.is_ok());
    finish(
        &event_loop,
        &mut log,
        &["connected ok", "hello", "shutdown ok", "end", "closed"],
    );
    assert_eq!(event_loop.n_handles(), 0);
}

#[test]
fn a_refused_connection_is_told_to_its_callback() {
    let (event_loop, mut log) = start();
    let addr = {
        let taken = TcpListener::bind(localhost()).expect("a port");
        taken.local_addr().expect("its address")
    };
    let connecting = event_loop.tcp_connect(
        addr,
        TcpConnectOptions::default(),
        |log: &mut Log, id, result| {
            let refused = result.is_err_and(|e| e.kind() == io::ErrorKind::ConnectionRefused);
            log.note(format!("refused {refused}"));
            log.event_loop.close(id, closes("closed"));
        },
    );
    assert!(connecting.is_ok());
    finish(&event_loop, &mut log, &["refused true", "closed"]);
}

#[test]
fn a_close_calls_off_what_is_under_way_in_order() {
    let (event_loop, mut log) = start();
    let server = TcpListener::bind(localhost()).expect("a port");
    let addr = server.local_addr().expect("its address");
    let id = event_loop
        .tcp_connect(
            addr,
            TcpConnectOptions::default(),
            |log: &mut Log, _, result| log.note_result("connect", result),
        )
        .expect("a connecting socket");
    for label in ["first", "second"] {
        let written = event_loop.write(id, vec![vec![0; 10].into()], Some(says(label)));
        assert_eq!(written.ok(), Some(Written::Queued));
    }
    assert_eq!(event_loop.write_queue_size(id), 20);
    assert!(event_loop.shutdown(id, Some(says("shutdown"))).is_ok());
    event_loop.close(id, closes("closed"));
    event_loop.close(id, closes("never"));
    let cancelled = format!("{:?}", sys::cancelled().raw_os_error());
    finish(
        &event_loop,
        &mut log,
        &[
            &format!("connect {cancelled}"),
            &format!("first {cancelled}"),
            &format!("second {cancelled}"),
            &format!("shutdown {cancelled}"),
            "closed",
        ],
    );
}

#[test]
fn what_the_kernel_does_not_take_is_queued_and_arrives_whole() {
    const LEN: usize = 8 << 20;
    let (event_loop, mut log) = start();
    let server = TcpListener::bind(localhost()).expect("a port");
    let addr = server.local_addr().expect("its address");
    let reader = std::thread::spawn(move || {
        let (mut peer, _) = server.accept().expect("a connection");
        let mut all = Vec::new();
        peer.read_to_end(&mut all).map(|_| all)
    });
    let socket = TcpStream::connect(addr).expect("a connection");
    let id = event_loop.tcp_open(socket).expect("a stream");
    let bytes: Vec<u8> = (0..LEN).map(|at| (at % 251) as u8).collect();
    let parts = bytes.chunks(LEN / 100).map(|part| part.to_vec().into());
    let written = event_loop.write(id, parts.collect(), Some(says("big")));
    assert_eq!(written.ok(), Some(Written::Queued));
    let written = event_loop.write_slice(id, b"tail", Some(says("small")));
    assert_eq!(written.ok(), Some(Written::Queued));
    let shut = event_loop.shutdown(
        id,
        Some(Box::new(move |log: &mut Log, result| {
            log.note_result("shutdown", result);
            log.event_loop.close(id, None);
        })),
    );
    assert!(shut.is_ok());
    finish(
        &event_loop,
        &mut log,
        &["big ok", "small ok", "shutdown ok"],
    );
    let arrived = reader.join().expect("the reader").expect("its bytes");
    assert_eq!(arrived.len(), LEN + 4);
    assert!(arrived.starts_with(&bytes) && arrived.ends_with(b"tail"));
}

#[test]
fn a_reset_reaches_the_peer_as_one() {
    let (event_loop, mut log) = start();
    let server = TcpListener::bind(localhost()).expect("a port");
    let socket = TcpStream::connect(server.local_addr().expect("its address"));
    let id = event_loop
        .tcp_open(socket.expect("a connection"))
        .expect("a stream");
    let (mut peer, _) = server.accept().expect("its other end");
    assert!(event_loop.reset(id, closes("closed")).is_ok());
    finish(&event_loop, &mut log, &["closed"]);
    let read = peer.read(&mut [0]);
    assert!(read.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset));
}

#[test]
fn a_paused_reader_hears_nothing_and_loses_nothing() {
    let (event_loop, mut log) = start();
    let server = TcpListener::bind(localhost()).expect("a port");
    let socket = TcpStream::connect(server.local_addr().expect("its address"));
    let id = event_loop
        .tcp_open(socket.expect("a connection"))
        .expect("a stream");
    let (mut peer, _) = server.accept().expect("its other end");
    let started = event_loop.read_start(id, |log: &mut Log, id, read| {
        if let Read::Data(bytes) = read {
            log.note(String::from_utf8_lossy(bytes));
            log.event_loop.read_pause(id);
        }
    });
    assert!(started.is_ok());
    assert!(peer.write_all(b"one").is_ok());
    assert!(matches!(event_loop.run(&mut log), Ok(false)));
    assert!(peer.write_all(b"two").is_ok());
    for _ in 0..3 {
        assert!(matches!(event_loop.run_nowait(&mut log), Ok(false)));
    }
    assert_eq!(log.lines, ["one"]);
    assert!(event_loop.read_resume(id));
    finish(&event_loop, &mut log, &["one", "two"]);
    event_loop.read_stop(id);
    drop(peer);
    assert!(matches!(event_loop.run_nowait(&mut log), Ok(false)));
    event_loop.close(id, None);
}

#[test]
fn one_callback_may_close_what_another_event_is_for() {
    let (event_loop, mut log) = start();
    let server = TcpListener::bind(localhost()).expect("a port");
    let addr = server.local_addr().expect("its address");
    let ids = Rc::new(RefCell::new(Vec::new()));
    let mut peers = Vec::new();
    for _ in 0..2 {
        let socket = TcpStream::connect(addr).expect("a connection");
        let id = event_loop.tcp_open(socket).expect("a stream");
        let (mut peer, _) = server.accept().expect("its other end");
        assert!(peer.write_all(b"x").is_ok());
        peers.push(peer);
        ids.borrow_mut().push(id);
        let all = Rc::clone(&ids);
        let started = event_loop.read_start(id, move |log: &mut Log, _, _| {
            log.note("read");
            for id in all.take() {
                log.event_loop.close(id, closes("closed"));
            }
        });
        assert!(started.is_ok());
    }
    finish(&event_loop, &mut log, &["read", "closed", "closed"]);
}

#[test]
fn many_connections_are_served() {
    const N: usize = 100;
    let (event_loop, mut log) = start();
    let (_, addr) = echo_server(&event_loop, N);
    let n_done = Rc::new(Cell::new(0));
    for _ in 0..N {
        let n_done = Rc::clone(&n_done);
        let connecting = event_loop.tcp_connect(
            addr,
            TcpConnectOptions::default(),
            move |log: &mut Log, id, result| {
                assert!(result.is_ok());
                let started = log.event_loop.read_start(id, move |log: &mut Log, id, _| {
                    n_done.set(n_done.get() + 1);
                    log.event_loop.close(id, None);
                });
                assert!(started.is_ok());
            },
        );
        let id = connecting.expect("a connecting socket");
        let written = event_loop.write_slice(id, b"hello", None);
        assert_eq!(written.ok(), Some(Written::Queued));
    }
    finish(&event_loop, &mut log, &[]);
    assert_eq!(n_done.get(), N);
}

#[test]
fn calls_with_a_closed_id_fail_or_do_nothing() {
    let (event_loop, _) = start();
    let (id, _) = echo_server(&event_loop, 1);
    assert!(event_loop.is_active(id) && event_loop.has_ref(id));
    assert!(event_loop.write_slice(id, b"x", None).is_err());
    event_loop.set_ref(id, false);
    assert!(!event_loop.alive());
    event_loop.close(id, None);
    assert!(!event_loop.is_open(id) && !event_loop.is_active(id));
    assert!(event_loop.read_start(id, |_, _, _| {}).is_err());
    assert!(event_loop.local_addr(id).is_err());
    assert!(event_loop.shutdown(id, None).is_err());
    assert_eq!(HandleId::from_bits(id.to_bits()), id);
}

#[test]
fn an_idle_connection_is_small() {
    assert!(size_of::<Handle<Log>>() <= 256);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::path::Path;

    #[test]
    fn a_unix_socket_greets_under_an_abstract_name() {
        let (event_loop, mut log) = start();
        let name = format!("\0ouro-test-{}", std::process::id());
        let path = Path::new(&name);
        let own = Rc::new(Cell::new(None));
        let id = Rc::clone(&own);
        let listening = event_loop.pipe_listen(path, 5, move |log: &mut Log, connection| {
            let connection = connection.expect("an accepted connection");
            let written = log.event_loop.write_slice(connection, b"hi", None);
            assert_eq!(written.ok(), Some(Written::Done));
            log.event_loop.close(connection, None);
            if let Some(id) = id.get() {
                log.event_loop.close(id, None);
            }
        });
        own.set(listening.ok());
        let connecting = event_loop.pipe_connect(path, |log: &mut Log, id, result| {
            log.note_result("connected", result);
            let started = log
                .event_loop
                .read_start(id, |log: &mut Log, id, read| match read {
                    Read::Data(bytes) => log.note(String::from_utf8_lossy(bytes)),
                    _ => log.event_loop.close(id, closes("closed")),
                });
            assert!(started.is_ok());
        });
        assert!(connecting.is_ok());
        finish(&event_loop, &mut log, &["connected ok", "hi", "closed"]);
    }

    #[test]
    fn a_listeners_file_goes_with_it() {
        let (event_loop, _) = start();
        let path = std::env::temp_dir().join(format!("ouro-{}.sock", std::process::id()));
        let id = event_loop
            .pipe_listen(&path, 5, |_, _| {})
            .expect("a listening socket");
        assert_eq!(event_loop.pipe_local_path(id).as_ref(), Some(&path));
        assert!(path.exists());
        event_loop.close(id, None);
        assert!(!path.exists());
    }

    #[test]
    fn a_regular_file_is_no_stream() {
        let (event_loop, _) = start();
        let file = std::fs::File::open("/proc/self/exe").expect("our own program");
        let opened = event_loop.stream_open_fd(OwnedFd::from(file), StreamKind::Fifo);
        assert!(opened.is_err_and(|error| error.kind() == io::ErrorKind::Unsupported));
        assert_eq!(event_loop.n_handles(), 0);
    }

    #[test]
    fn descriptors_are_known_for_what_they_are() {
        use std::os::fd::AsRawFd;
        let (read_end, _write_end) = std::io::pipe().expect("a pipe");
        let (ours, _theirs) = UnixStream::pair().expect("a pair");
        let file = std::fs::File::open("/proc/self/exe").expect("our own program");
        let null = std::fs::File::open("/dev/null").expect("nothing");
        let tcp = TcpListener::bind(localhost()).expect("a port");
        let udp = std::net::UdpSocket::bind(localhost()).expect("a port");
        for (fd, kind) in [
            (read_end.as_raw_fd(), DescriptorKind::Pipe),
            (ours.as_raw_fd(), DescriptorKind::Pipe),
            (file.as_raw_fd(), DescriptorKind::File),
            (null.as_raw_fd(), DescriptorKind::Unknown),
            (tcp.as_raw_fd(), DescriptorKind::Tcp),
            (udp.as_raw_fd(), DescriptorKind::Udp),
            (-1, DescriptorKind::Unknown),
        ] {
            assert_eq!(descriptor_kind(fd), kind);
        }
        assert!(duplicate_descriptor(-1).is_err());
    }

    #[test]
    fn a_listener_can_be_given() {
        let (event_loop, mut log) = start();
        let socket = TcpListener::bind(localhost()).expect("a port");
        let addr = socket.local_addr().expect("its address");
        let own = Rc::new(Cell::new(None));
        let id = Rc::clone(&own);
        let listening = event_loop.listen_open_fd(
            socket.into(),
            StreamKind::Tcp,
            5,
            move |log: &mut Log, connection| {
                log.note_result(
                    "accepted",
                    connection.map(|id| log.event_loop.close(id, None)),
                );
                if let Some(id) = id.get() {
                    log.event_loop.close(id, None);
                }
            },
        );
        own.set(listening.ok());
        let _client = TcpStream::connect(addr).expect("a connection");
        finish(&event_loop, &mut log, &["accepted ok"]);
    }

    #[test]
    fn a_pipe_reads_to_its_end_and_ends_by_shutdown() {
        let (event_loop, mut log) = start();
        let (read_end, write_end) = std::io::pipe().expect("a pipe");
        let reader = event_loop
            .stream_open_fd(read_end.into(), StreamKind::Fifo)
            .expect("a stream");
        let writer = event_loop
            .stream_open_fd(write_end.into(), StreamKind::Fifo)
            .expect("a stream");
        let started = event_loop.read_start(reader, |log: &mut Log, id, read| match read {
            Read::Data(bytes) => log.note(String::from_utf8_lossy(bytes)),
            _ => log.event_loop.close(id, closes("end")),
        });
        assert!(started.is_ok());
        assert!(event_loop.write_slice(writer, b"through", None).is_ok());
        assert!(event_loop.shutdown(writer, Some(says("shutdown"))).is_ok());
        finish(&event_loop, &mut log, &["shutdown ok", "through", "end"]);
        event_loop.close(writer, None);
    }

    #[test]
    fn a_write_to_a_gone_peer_is_an_error_and_no_signal() {
        let (event_loop, _) = start();
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let id = event_loop
            .stream_open_fd(ours.into(), StreamKind::Pipe)
            .expect("a stream");
        drop(theirs);
        let written = event_loop.write_slice(id, b"x", None);
        assert!(written.is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe));
        event_loop.close(id, None);
    }
}
