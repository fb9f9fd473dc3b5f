//! `dns`: what the operating system's resolver knows.
//!
//! Binding functions: `lookup(hostname, family, hints, order, cb)` (`cb(failure | null, [address, family, ...])`),
//! `lookupService(address, port, cb)` (`cb(failure | null, hostname, service)`), `getServers()`: `dns`.
//!
//! A failure is an object `{ code, errno }`; `getaddrinfo` blocks, so it runs on the worker pool.

use std::net::{IpAddr, ToSocketAddrs};

use ouro_engine::{Arguments as _, Array, Context, Error, Function, NativeFn, Object, Value};
use ouro_runtime::RuntimeCore;

const FUNCTIONS: [(&str, usize, NativeFn); 3] = [
    ("lookup", 5, lookup),
    ("lookupService", 3, lookup_service),
    ("getServers", 0, get_servers),
];

/// libuv's numbers of the resolver's errors.
const EAI_NONAME: i32 = -3008;
const EAI_AGAIN: i32 = -3001;

/// `AI_ADDRCONFIG` as Node exposes it on Linux.
const ADDRCONFIG: u32 = 32;

/// Makes the binding `dns`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in FUNCTIONS {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

/// Why a name could not be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failure {
    code: &'static str,
    errno: i32,
}

const NOT_FOUND: Failure = Failure {
    code: "ENOTFOUND",
    errno: EAI_NONAME,
};
const TRY_AGAIN: Failure = Failure {
    code: "EAI_AGAIN",
    errno: EAI_AGAIN,
};

/// In which order addresses are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Verbatim,
    Ipv4First,
    Ipv6First,
}

/// The addresses of a name, each once; blocks.
fn resolve(hostname: &str, family: u32, order: Order) -> Result<Vec<IpAddr>, Failure> {
    let found = (hostname, 0u16).to_socket_addrs().map_err(|error| {
        let text = error.to_string();
        if text.contains("Temporary failure") || text.contains("try again") {
            TRY_AGAIN
        } else {
            NOT_FOUND
        }
    })?;
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in found.map(|socket| socket.ip()) {
        let wanted = match family {
            4 => address.is_ipv4(),
            6 => address.is_ipv6(),
            _ => true,
        };
        if wanted && !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    match order {
        Order::Verbatim => {}
        Order::Ipv4First => addresses.sort_by_key(IpAddr::is_ipv6),
        Order::Ipv6First => addresses.sort_by_key(IpAddr::is_ipv4),
    }
    if addresses.is_empty() {
        Err(NOT_FOUND)
    } else {
        Ok(addresses)
    }
}

fn lookup(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let hostname = args.at(0).to_rust_string(ctx)?;
    let family = args.at(1).to_u32(ctx)?;
    let _ = args.at(2).to_u32(ctx)? & ADDRCONFIG;
    let order = match args.at(3).to_rust_string(ctx)?.as_str() {
        "ipv4first" => Order::Ipv4First,
        "ipv6first" => Order::Ipv6First,
        _ => Order::Verbatim,
    };
    let callback = callback(args.at(4))?;
    on_pool(
        ctx,
        callback,
        move || resolve(&hostname, family, order),
        |ctx, addresses| {
            let mut list = Vec::with_capacity(addresses.len() * 2);
            for address in addresses {
                list.push(Value::from(address.to_string()));
                list.push(Value::from(if address.is_ipv6() { 6 } else { 4 }));
            }
            vec![Array::from_values(ctx, &list).into()]
        },
    )?;
    Ok(Value::undefined())
}

fn lookup_service(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let address = args.at(0).to_rust_string(ctx)?;
    let port = args.at(1).to_u32(ctx)? as u16;
    let callback = callback(args.at(2))?;
    let work = move || {
        let ip: IpAddr = address.parse().map_err(|_| NOT_FOUND)?;
        crate::sys::name_info(ip, port).ok_or(NOT_FOUND)
    };
    on_pool(ctx, callback, work, |_, (host, service)| {
        vec![Value::from(host), Value::from(service)]
    })?;
    Ok(Value::undefined())
}

fn callback(value: &Value) -> Result<Function, Error> {
    value
        .as_function()
        .ok_or_else(|| Error::type_error("callback must be a function"))
}

/// Runs `work` on the pool, then `callback(failure)` or `callback(null, ...convert(result))`.
fn on_pool<T: Send + 'static>(
    ctx: &mut Context,
    callback: Function,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    convert: impl FnOnce(&mut Context, T) -> Vec<Value> + 'static,
) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let id = core.id();
    let async_context = ctx.async_context();
    core.event_loop().submit(work, move |host, result| {
        host.enter(id, |ctx| {
            let outer = ctx.set_async_context(async_context);
            let args = match result.unwrap_or(Err(Failure {
                code: "ECANCELED",
                errno: -125,
            })) {
                Ok(value) => {
                    let mut args = convert(ctx, value);
                    args.insert(0, Value::null());
                    args
                }
                Err(failure) => {
                    let object = Object::new(ctx);
                    object.set(ctx, "code", failure.code)?;
                    object.set(ctx, "errno", failure.errno)?;
                    vec![object.into()]
                }
            };
            let outcome = callback.call(ctx, &Value::undefined(), &args);
            ctx.set_async_context(outer);
            outcome.map(drop)
        });
    });
    Ok(())
}

/// The name servers of `/etc/resolv.conf`.
fn get_servers(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let text = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let servers = name_servers(&text);
    Ok(Array::from_iter(ctx, servers).into())
}

fn name_servers(text: &str) -> Vec<String> {
    let mut servers: Vec<String> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("nameserver"))
        .map(|rest| rest.trim().to_owned())
        .filter(|server| server.parse::<IpAddr>().is_ok())
        .collect();
    if servers.is_empty() {
        servers.push("127.0.0.1".to_owned());
    }
    servers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_of_resolv_conf() {
        assert_eq!(
            name_servers("# x\nnameserver 1.2.3.4\n nameserver ::1\nsearch a\n"),
            ["1.2.3.4", "::1"]
        );
        assert_eq!(name_servers(""), ["127.0.0.1"]);
    }

    #[test]
    fn localhost_is_known_and_nonsense_is_not() {
        assert!(
            resolve("localhost", 0, Order::Verbatim)
                .is_ok_and(|list| list.iter().all(IpAddr::is_loopback))
        );
        assert!(resolve("name.invalid", 0, Order::Verbatim).is_err());
    }
}
