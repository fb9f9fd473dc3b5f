//! A server that runs out of descriptors: a process of its own, since the limit
//! holds for all of it.
#![cfg(unix)]

use std::cell::Cell;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::AsRawFd;
use std::rc::Rc;

use ouro_runtime::event_loop::{EventLoop, Host, LoopHandle};
use ouro_runtime::handle::TcpListenOptions;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

struct Log {
    event_loop: LoopHandle<Log>,
    lines: Vec<&'static str>,
}

impl Host for Log {
    fn checkpoint(&mut self) {}
}

/// Lowers the soft limit so that no further descriptor can be opened.
fn close_the_tap(limit: &Rlimit) {
    let lowest_free = File::open("/dev/null").expect("a descriptor").as_raw_fd();
    let closed = Rlimit {
        current: u64::try_from(lowest_free).ok(),
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, closed).expect("a lower limit");
}

#[test]
fn a_connection_that_finds_no_descriptor_is_closed_and_the_next_is_served() {
    let event_loop = EventLoop::new().expect("descriptors for a loop");
    let own = Rc::new(Cell::new(None));
    let id = Rc::clone(&own);
    let listener = event_loop.tcp_listen(
        SocketAddr::from(([127, 0, 0, 1], 0)),
        TcpListenOptions::default(),
        move |log: &mut Log, connection| match connection {
            Ok(connection) => {
                log.lines.push("served");
                log.event_loop.close(connection, None);
                log.event_loop.close(id.get().expect("the listener"), None);
            }
            Err(_) => {
                log.lines.push("no descriptor");
                log.event_loop.stop();
            }
        },
    );
    let listener = listener.expect("a listening socket");
    own.set(Some(listener));
    let addr = event_loop.local_addr(listener).expect("its address");
    let mut log = Log {
        event_loop: event_loop.handle(),
        lines: Vec::new(),
    };

    let mut unlucky = TcpStream::connect(addr).expect("a connection");
    let limit = getrlimit(Resource::Nofile);
    close_the_tap(&limit);
    assert!(matches!(event_loop.run(&mut log), Ok(true)));
    setrlimit(Resource::Nofile, limit).expect("the old limit");
    match unlucky.read(&mut [0]) {
        Ok(len) => assert_eq!(len, 0),
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
    }

    let _lucky = TcpStream::connect(addr).expect("a connection");
    assert!(matches!(event_loop.run(&mut log), Ok(false)));
    assert_eq!(log.lines, ["no descriptor", "served"]);
}
