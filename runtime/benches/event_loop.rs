//! What the loop itself costs: `cargo bench -p ouro-runtime`.
//!
//! Each line is the best of five rounds, in nanoseconds per operation. The
//! callbacks do next to nothing, so a figure is the price of the mechanism.

use std::cell::Cell;
use std::error::Error;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Instant;

use ouro_runtime::event_loop::{EventLoop, Host, LoopHandle};
use ouro_runtime::handle::{Read, TcpConnectOptions, TcpListenOptions};

/// Counts callbacks.
struct Count {
    event_loop: LoopHandle<Count>,
    n_calls: u64,
}

impl Host for Count {
    fn checkpoint(&mut self) {}
}

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    report("timer: start + fire, 1,000,000 at once", 1_000_000, timers)?;
    report("timer: start + stop", 1_000_000, timer_churn)?;
    report("timer: refresh one of 10,000", 1_000_000, timer_refresh)?;
    report("immediate: queue + run", 1_000_000, immediates)?;
    report("immediate: one per iteration", 200_000, immediate_chain)?;
    report("post from the loop's own thread", 200_000, posts)?;
    report("pool: roundtrip, one at a time", 20_000, pool_roundtrips)?;
    report("pool: roundtrip, 1,000 at a time", 100_000, pool_burst)?;
    report(
        "tcp: 64-byte echo roundtrip, 1 connection",
        20_000,
        |event_loop, host, n| echo(event_loop, host, n, 1),
    )?;
    report(
        "tcp: 64-byte echo roundtrip, 50 connections",
        50_000,
        |event_loop, host, n| echo(event_loop, host, n, 50),
    )?;
    report("tcp: connect, accept, close", 2_000, connects)
}

fn report(
    label: &str,
    n_operations: u64,
    run: impl Fn(&EventLoop<Count>, &mut Count, u64) -> Outcome,
) -> Outcome {
    let mut best_ns = u128::MAX;
    for _ in 0..5 {
        let event_loop = EventLoop::new()?;
        let mut host = Count {
            event_loop: event_loop.handle(),
            n_calls: 0,
        };
        let start = Instant::now();
        run(&event_loop, &mut host, n_operations)?;
        best_ns = best_ns.min(start.elapsed().as_nanos());
    }
    let each_ns = best_ns / u128::from(n_operations);
    println!("{label:<48} {each_ns:>8} ns/op");
    Ok(())
}

fn timers(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    for at in 0..n {
        event_loop.timer_start(at % 10, None, |host: &mut Count| host.n_calls += 1);
    }
    event_loop.run(host)?;
    assert_eq!(host.n_calls, n);
    Ok(())
}

fn timer_churn(event_loop: &EventLoop<Count>, _: &mut Count, n: u64) -> Outcome {
    for _ in 0..n {
        let id = event_loop.timer_start(1000, None, |host: &mut Count| host.n_calls += 1);
        event_loop.timer_stop(id);
    }
    Ok(())
}

fn timer_refresh(event_loop: &EventLoop<Count>, _: &mut Count, n: u64) -> Outcome {
    let start = || event_loop.timer_start(1000, None, |host: &mut Count| host.n_calls += 1);
    let ids: Vec<_> = (0..10_000).map(|_| start()).collect();
    for id in ids.iter().cycle().take(usize::try_from(n)?) {
        event_loop.timer_refresh(*id);
    }
    Ok(())
}

fn immediates(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    for _ in 0..n {
        event_loop.immediate(|host| host.n_calls += 1);
    }
    event_loop.run(host)?;
    assert_eq!(host.n_calls, n);
    Ok(())
}

fn immediate_chain(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    fn next(host: &mut Count, n_left: u64) {
        if n_left > 0 {
            let event_loop = host.event_loop.clone();
            event_loop.immediate(move |host| next(host, n_left - 1));
        }
    }
    next(host, n);
    event_loop.run(host)?;
    Ok(())
}

fn posts(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    let sender = event_loop.sender();
    for _ in 0..n {
        sender.post(|host: &mut Count| host.n_calls += 1);
    }
    drop(sender);
    event_loop.run(host)?;
    assert_eq!(host.n_calls, n);
    Ok(())
}

fn pool_roundtrips(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    fn next(host: &mut Count, n_left: u64) {
        if n_left > 0 {
            let event_loop = host.event_loop.clone();
            event_loop.submit(|| 1, move |host, _| next(host, n_left - 1));
        }
    }
    next(host, n);
    event_loop.run(host)?;
    Ok(())
}

fn pool_burst(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    for _ in 0..n / 1000 {
        for _ in 0..1000 {
            event_loop.submit(
                || 1_u64,
                |host: &mut Count, one| {
                    host.n_calls += one.unwrap_or(0);
                },
            );
        }
        event_loop.run(host)?;
    }
    assert_eq!(host.n_calls, n);
    Ok(())
}

/// A listener that sends back what comes in.
fn echo_server(event_loop: &LoopHandle<Count>) -> Result<SocketAddr, Box<dyn Error>> {
    let localhost = SocketAddr::from(([127, 0, 0, 1], 0));
    let on_connection = |host: &mut Count, connection| {
        let Ok(id) = connection else { return };
        let _ = host
            .event_loop
            .read_start(id, |host: &mut Count, id, read| {
                if let Read::Data(bytes) = read {
                    let _ = host.event_loop.write_slice(id, bytes, None);
                } else {
                    let event_loop = host.event_loop.clone();
                    event_loop.close(id, None);
                }
            });
    };
    let id = event_loop.tcp_listen(localhost, TcpListenOptions::default(), on_connection)?;
    event_loop.set_ref(id, false);
    Ok(event_loop.local_addr(id)?)
}

/// Both ends live in this loop, so a roundtrip is two of everything.
fn echo(event_loop: &EventLoop<Count>, host: &mut Count, n: u64, n_clients: u64) -> Outcome {
    let addr = echo_server(event_loop)?;
    let n_left = Rc::new(Cell::new(n));
    for _ in 0..n_clients {
        let n_left = Rc::clone(&n_left);
        let options = TcpConnectOptions::default();
        event_loop.tcp_connect(addr, options, move |host: &mut Count, id, _| {
            let event_loop = host.event_loop.clone();
            let _ = event_loop.set_nodelay(id, true);
            let _ = event_loop.write_slice(id, &[b'x'; 64], None);
            let _ = event_loop.read_start(id, move |host: &mut Count, id, _| {
                let left = n_left.get();
                if left == 0 {
                    let event_loop = host.event_loop.clone();
                    event_loop.close(id, None);
                    return;
                }
                n_left.set(left - 1);
                let _ = host.event_loop.write_slice(id, &[b'x'; 64], None);
            });
        })?;
    }
    event_loop.run(host)?;
    Ok(())
}

fn connects(event_loop: &EventLoop<Count>, host: &mut Count, n: u64) -> Outcome {
    fn next(host: &mut Count, addr: SocketAddr, n_left: u64) {
        if n_left == 0 {
            return;
        }
        let event_loop = host.event_loop.clone();
        let options = TcpConnectOptions::default();
        let _ = event_loop.tcp_connect(addr, options, move |host: &mut Count, id, _| {
            let event_loop = host.event_loop.clone();
            let _ = event_loop.reset(id, None);
            next(host, addr, n_left - 1);
        });
    }
    let addr = echo_server(event_loop)?;
    next(host, addr, n);
    event_loop.run(host)?;
    Ok(())
}
