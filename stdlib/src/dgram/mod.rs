//! `dgram`: UDP sockets.
//!
//! Binding functions: `newUDP(isIPv6)` (`dgram`). It makes a handle object whose methods are the table below; errors of
//! these are negative errno numbers, as in `net`. The handle has no socket before `bind` and none after `close`. Its
//! callback `onmessage(nread, buffer, address, family, port)` is a property that the loop's callback reads each time.

use std::cell::Cell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::rc::Rc;

use ouro_engine::{Arguments as _, Context, Error, NativeFn, Object, Payload, Value, key};
use ouro_runtime::handle::{Datagram, HandleId, MulticastInterface, UdpOptions, WriteBuf, Written};
use ouro_runtime::{Host, RuntimeCore};

use crate::buffer::new_buffer;
use crate::net::address::socket_addr;
use crate::net::{errno, status};
use crate::sys;

const EBADF: i32 = -9;
const EINVAL: i32 = -22;

const METHODS: [(&str, usize, NativeFn); 20] = [
    ("bind", 5, bind),
    ("connect", 2, connect),
    ("disconnect", 0, disconnect),
    ("send", 4, send),
    ("recvStart", 0, recv_start),
    ("recvStop", 0, recv_stop),
    ("close", 1, close),
    ("ref", 0, ref_handle),
    ("unref", 0, unref_handle),
    ("hasRef", 0, has_ref),
    ("getsockname", 0, getsockname),
    ("getpeername", 0, getpeername),
    ("bufferSize", 2, buffer_size),
    ("setBroadcast", 1, set_broadcast),
    ("setTTL", 1, set_ttl),
    ("setMulticastTTL", 1, set_multicast_ttl),
    ("setMulticastLoopback", 1, set_multicast_loopback),
    ("setMulticastInterface", 1, set_multicast_interface),
    ("setMembership", 3, set_membership),
    ("setSourceMembership", 4, set_source_membership),
];

/// The Rust side of a handle object.
struct UdpHandle {
    core: Rc<RuntimeCore>,
    id: Cell<Option<HandleId>>,
    is_ipv6: bool,
    unref: Cell<bool>,
}

impl Payload for UdpHandle {}

/// The prototype of a realm's handle objects.
struct Prototype(Object);

/// Makes the binding `dgram`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let prototype = Object::new(ctx);
    for (name, length, function) in METHODS {
        prototype.define_function(ctx, name, length, function)?;
    }
    ctx.set_host(Rc::new(Prototype(prototype)));
    let object = Object::new(ctx);
    object.set_function(ctx, "newUDP", 1, new_udp)?;
    Ok(object)
}

fn new_udp(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let prototype = ctx
        .host::<Prototype>()
        .ok_or_else(|| Error::type_error("dgram is not installed"))?;
    let core = RuntimeCore::of(ctx)?;
    let is_ipv6 = args.at(0).to_boolean();
    let handle = UdpHandle {
        core,
        id: Cell::new(None),
        is_ipv6,
        unref: Cell::new(false),
    };
    Ok(Object::with_payload(ctx, Some(&prototype.0), handle).into())
}

fn handle_of(this: &Value) -> Result<Rc<UdpHandle>, Error> {
    let object = this.as_object();
    object
        .and_then(|object| object.payload::<UdpHandle>())
        .ok_or_else(|| Error::type_error("not a UDP handle"))
}

/// Runs a call on the socket and answers with 0 or a negative errno.
fn on_socket(
    this: &Value,
    call: impl FnOnce(&UdpHandle, HandleId) -> io::Result<()>,
) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(EBADF.into());
    };
    Ok(status(&call(&handle, id)).into())
}

/// `bind(address, port, reuseAddr, reusePort, ipv6Only)`.
fn bind(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let text = args.at(0).to_rust_string(ctx)?;
    let port = args.at(1).to_u32(ctx)? as u16;
    let Some(addr) = socket_addr(&text, port).filter(|addr| addr.is_ipv6() == handle.is_ipv6)
    else {
        return Ok(EINVAL.into());
    };
    let options = UdpOptions {
        reuse_addr: args.at(2).to_boolean(),
        reuse_port: args.at(3).to_boolean(),
        ipv6_only: args.at(4).to_boolean(),
    };
    if handle.id.get().is_some() {
        return Ok(EINVAL.into());
    }
    match handle.core.event_loop().udp_bind(addr, &options) {
        Ok(id) => {
            handle.id.set(Some(id));
            handle.core.event_loop().set_ref(id, !handle.unref.get());
            Ok(0.into())
        }
        Err(error) => Ok(errno(&error).into()),
    }
}

fn connect(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let port = args.at(1).to_u32(ctx)? as u16;
    let Some(addr) = socket_addr(&text, port) else {
        return Ok(EINVAL.into());
    };
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_connect(id, Some(addr))
    })
}

fn disconnect(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_connect(id, None)
    })
}

/// `send(chunks, port, address | undefined, callback(status))`: 0 when the datagram is out, 1 when it waits.
fn send(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(EBADF.into());
    };
    let chunks = args
        .at(0)
        .as_array()
        .ok_or_else(|| Error::type_error("chunks must be an array"))?
        .to_vec(ctx)?;
    let mut bytes = Vec::new();
    for chunk in &chunks {
        ctx.with_bytes(chunk, |chunk| bytes.extend_from_slice(chunk))?;
    }
    let to = match args.at(2).is_undefined() {
        true => None,
        false => {
            let text = args.at(2).to_rust_string(ctx)?;
            let port = args.at(1).to_u32(ctx)? as u16;
            match socket_addr(&text, port) {
                Some(addr) => Some(addr),
                None => return Ok(EINVAL.into()),
            }
        }
    };
    let callback = args.at(3).as_function();
    let context = handle.core.id();
    let on_done = move |host: &mut Host, result: io::Result<()>| {
        if let Some(callback) = callback {
            host.call(
                context,
                &callback,
                &Value::undefined(),
                &[Value::from(status(&result))],
            );
        }
    };
    match handle
        .core
        .event_loop()
        .udp_send(id, WriteBuf::Owned(bytes), to, Some(Box::new(on_done)))
    {
        Ok(Written::Done) => Ok(0.into()),
        Ok(Written::Queued) => Ok(1.into()),
        Err(error) => Ok(errno(&error).into()),
    }
}

fn recv_start(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let object = this
        .as_object()
        .ok_or_else(|| Error::type_error("not a UDP handle"))?;
    on_socket(this, |handle, id| {
        let context = handle.core.id();
        handle
            .core
            .event_loop()
            .udp_recv_start(id, move |host: &mut Host, _, datagram| {
                host.enter(context, |ctx| deliver(ctx, &object, datagram));
            })
    })
}

/// Calls `onmessage`.
fn deliver(ctx: &mut Context, object: &Object, datagram: Datagram<'_>) -> Result<(), Error> {
    let callback = object.get(ctx, key!("onmessage"))?;
    let Some(callback) = callback.as_function() else {
        return Ok(());
    };
    let this = Value::from(object);
    match datagram {
        Datagram::Data(bytes, from) => {
            let args = [
                Value::from(bytes.len()),
                new_buffer(ctx, bytes)?,
                Value::from(address_text(&from)),
                Value::from(family(&from)),
                Value::from(from.port()),
            ];
            callback.call(ctx, &this, &args).map(drop)
        }
        Datagram::Error(error) => callback
            .call(ctx, &this, &[Value::from(errno(&error))])
            .map(drop),
    }
}

fn address_text(addr: &SocketAddr) -> String {
    let zone = match addr {
        SocketAddr::V6(v6) if v6.scope_id() != 0 => sys::interface_name(v6.scope_id()),
        _ => None,
    };
    match zone {
        Some(zone) => format!("{}%{zone}", addr.ip()),
        None => addr.ip().to_string(),
    }
}

fn family(addr: &SocketAddr) -> &'static str {
    if addr.is_ipv6() { "IPv6" } else { "IPv4" }
}

fn recv_stop(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_recv_stop(id);
        Ok(())
    })
}

fn close(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let callback = args.at(0).as_function();
    let context = handle.core.id();
    let on_close = move |host: &mut Host| {
        if let Some(callback) = callback {
            host.call(context, &callback, &Value::undefined(), &[]);
        }
    };
    match handle.id.take() {
        Some(id) => handle.core.event_loop().close(id, Some(Box::new(on_close))),
        None => handle.core.event_loop().on_close(on_close),
    }
    Ok(0.into())
}

fn ref_handle(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    set_ref(this, true)
}

fn unref_handle(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    set_ref(this, false)
}

fn set_ref(this: &Value, refd: bool) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    handle.unref.set(!refd);
    if let Some(id) = handle.id.get() {
        handle.core.event_loop().set_ref(id, refd);
    }
    Ok(Value::undefined())
}

fn has_ref(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok((!handle_of(this)?.unref.get()).into())
}

fn getsockname(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(EBADF.into());
    };
    describe(ctx, handle.core.event_loop().local_addr(id))
}

fn getpeername(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(EBADF.into());
    };
    describe(ctx, handle.core.event_loop().peer_addr(id))
}

/// `{ address, family, port }` or a negative errno.
fn describe(ctx: &mut Context, addr: io::Result<SocketAddr>) -> Result<Value, Error> {
    let addr = match addr {
        Ok(addr) => addr,
        Err(error) => return Ok(errno(&error).into()),
    };
    let object = Object::new(ctx);
    object.set(ctx, "address", address_text(&addr))?;
    object.set(ctx, "family", family(&addr))?;
    object.set(ctx, "port", addr.port())?;
    Ok(object.into())
}

/// `bufferSize(sending, size)`: the size in bytes, set first where it isn't 0, or a negative errno.
fn buffer_size(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = handle_of(this)?;
    let size = args.at(1).to_u32(ctx)?;
    let Ok(size) = i32::try_from(size) else {
        return Ok(EINVAL.into());
    };
    let descriptor = handle
        .id
        .get()
        .and_then(|id| handle.core.event_loop().descriptor(id));
    let Some(fd) = descriptor else {
        return Ok(EBADF.into());
    };
    match sys::socket_buffer_size(fd, args.at(0).to_boolean(), (size > 0).then_some(size)) {
        Ok(size) => Ok(size.into()),
        Err(error) => Ok(errno(&error).into()),
    }
}

fn set_broadcast(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let on = args.at(0).to_boolean();
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_set_broadcast(id, on)
    })
}

fn set_ttl(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let ttl = args.at(0).to_u32(ctx)?;
    if !(1..=255).contains(&ttl) {
        return Ok(EINVAL.into());
    }
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_set_ttl(id, ttl)
    })
}

fn set_multicast_ttl(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let ttl = args.at(0).to_u32(ctx)?;
    if ttl > 255 {
        return Ok(EINVAL.into());
    }
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_set_multicast_ttl(id, ttl)
    })
}

fn set_multicast_loopback(
    _ctx: &mut Context,
    this: &Value,
    args: &[Value],
) -> Result<Value, Error> {
    let on = args.at(0).to_boolean();
    on_socket(this, |handle, id| {
        handle.core.event_loop().udp_set_multicast_loop(id, on)
    })
}

fn set_multicast_interface(
    ctx: &mut Context,
    this: &Value,
    args: &[Value],
) -> Result<Value, Error> {
    let text = args.at(0).to_rust_string(ctx)?;
    let Some(interface) = interface_of(&text, handle_of(this)?.is_ipv6) else {
        return Ok(EINVAL.into());
    };
    on_socket(this, |handle, id| {
        handle
            .core
            .event_loop()
            .udp_set_multicast_interface(id, interface)
    })
}

/// An interface by its IPv4 address, or by an IPv6 address whose zone names it.
fn interface_of(text: &str, is_ipv6: bool) -> Option<MulticastInterface> {
    if text.is_empty() {
        return Some(match is_ipv6 {
            true => MulticastInterface::V6(0),
            false => MulticastInterface::V4(Ipv4Addr::UNSPECIFIED),
        });
    }
    match (socket_addr(text, 0)?, is_ipv6) {
        (SocketAddr::V4(v4), false) => Some(MulticastInterface::V4(*v4.ip())),
        (SocketAddr::V6(v6), true) => Some(MulticastInterface::V6(v6.scope_id())),
        _ => None,
    }
}

/// `setMembership(group, interface, join)`.
fn set_membership(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let group = args.at(0).to_rust_string(ctx)?;
    let interface = args.at(1).to_rust_string(ctx)?;
    let join = args.at(2).to_boolean();
    let Some(group) = socket_addr(&group, 0).map(|addr| addr.ip()) else {
        return Ok(EINVAL.into());
    };
    let Some(interface) = interface_of(&interface, group.is_ipv6()) else {
        return Ok(EINVAL.into());
    };
    on_socket(this, |handle, id| {
        handle
            .core
            .event_loop()
            .udp_set_membership(id, group, interface, join)
    })
}

/// `setSourceMembership(source, group, interface, join)`, for IPv4.
fn set_source_membership(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let mut parsed = [Ipv4Addr::UNSPECIFIED; 3];
    for (place, arg) in parsed.iter_mut().zip(args) {
        let text = arg.to_rust_string(ctx)?;
        match text.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => *place = address,
            _ if text.is_empty() => {}
            _ => return Ok(EINVAL.into()),
        }
    }
    let [source, group, interface] = parsed;
    let join = args.at(3).to_boolean();
    on_socket(this, |handle, id| {
        handle
            .core
            .event_loop()
            .udp_set_source_membership(id, source, group, interface, join)
    })
}
