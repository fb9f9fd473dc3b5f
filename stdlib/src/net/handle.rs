//! The handle objects of `net`: one TCP or Unix domain socket each, listening or connected.
//!
//! A handle object carries a [`NetHandle`]: a name ([`HandleId`]) into the loop. It has none before `listen`, `connect` or
//! `open`, and none after `close`. Its two JavaScript callbacks, `onread(nread, buffer)` and
//! `onconnection(status, handle)`, are properties that the loop's callback reads each time.
//!
//! While it reads, listens or has a request under way, the loop's callback holds the object, so it isn't collected.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ouro_engine::{
    Arguments as _, Context, Error, Function, NativeFn, Object, Payload, Value, key,
};
use ouro_runtime::event_loop::LoopHandle;
use ouro_runtime::handle::{
    HandleId, Read, StreamKind, TcpConnectOptions, TcpListenOptions, Written,
};
use ouro_runtime::{ContextId, Host, RuntimeCore};

use super::address::socket_addr;
use crate::buffer::codec::{Encoding, encode};
use crate::buffer::{new_buffer, text_of};
use crate::internal::system_error;

/// libuv's number for the end of a stream.
pub const EOF: i32 = -4095;
const EBADF: i32 = -9;
const EINVAL: i32 = -22;
const ENOTCONN: i32 = -107;

const METHODS: [(&str, usize, NativeFn); 25] = [
    ("listen", 5, listen),
    ("listenPath", 4, listen_path),
    ("listenFd", 2, listen_fd),
    ("connect", 5, connect),
    ("connectPath", 2, connect_path),
    ("open", 1, open),
    ("readStart", 0, read_start),
    ("readStop", 0, read_stop),
    ("writeBuffer", 2, write_buffer),
    ("writeString", 3, write_string),
    ("writev", 2, writev),
    ("shutdown", 1, shutdown),
    ("close", 1, close),
    ("reset", 1, reset),
    ("ref", 0, ref_handle),
    ("unref", 0, unref_handle),
    ("hasRef", 0, has_ref),
    ("getsockname", 0, getsockname),
    ("getpeername", 0, getpeername),
    ("setNoDelay", 1, set_no_delay),
    ("setKeepAlive", 2, set_keep_alive),
    ("bytesRead", 0, bytes_read),
    ("bytesWritten", 0, bytes_written),
    ("writeQueueSize", 0, write_queue_size),
    ("getAsyncId", 0, get_async_id),
];

/// A negative errno for an error of the loop.
pub fn errno(error: &io::Error) -> i32 {
    system_error::errno_of(error)
}

/// The Rust side of a handle object.
pub struct NetHandle {
    core: Rc<RuntimeCore>,
    id: Cell<Option<HandleId>>,
    is_pipe: bool,
    closed: Cell<bool>,
    unref: Cell<bool>,
    bytes_read: Cell<u64>,
    bytes_written: Cell<u64>,
    no_delay: Cell<bool>,
    keep_alive: Cell<Option<u32>>,
    path: RefCell<Option<PathBuf>>,
}

impl Payload for NetHandle {}

impl NetHandle {
    /// The handle that a JavaScript object is.
    ///
    /// # Errors
    /// `TypeError` where it is something else.
    pub fn of(value: &Value) -> Result<Rc<Self>, Error> {
        let object = value.as_object();
        object
            .and_then(|object| object.payload::<Self>())
            .ok_or_else(|| Error::type_error("not a network handle"))
    }

    /// The loop's name for the socket, while there is one.
    pub fn id(&self) -> Option<HandleId> {
        self.id.get()
    }

    /// The loop.
    pub fn event_loop(&self) -> &LoopHandle<Host> {
        self.core.event_loop()
    }

    /// Counts bytes that were read past this object.
    pub fn count_read(&self, n: usize) {
        self.bytes_read.set(self.bytes_read.get() + n as u64);
    }

    /// Writes bytes; `on_done` runs with a status (0 or a negative errno) if they could not all go out at once.
    ///
    /// Returns 0 when they are out, 1 when some wait, or a negative errno.
    pub fn write_bytes(&self, bytes: &[u8], on_done: impl FnOnce(&mut Host, i32) + 'static) -> i32 {
        let Some(id) = self.id.get() else {
            return EBADF;
        };
        let event_loop = self.core.event_loop();
        self.bytes_written
            .set(self.bytes_written.get() + bytes.len() as u64);
        // FAST PATH: nothing waits and the kernel takes all, so no callback is made.
        let sent = match event_loop.try_write(id, bytes) {
            Ok(sent) => sent,
            Err(error) => return errno(&error),
        };
        let rest = bytes.get(sent..).unwrap_or_default();
        if rest.is_empty() {
            return 0;
        }
        let on_done =
            Box::new(move |host: &mut Host, result: io::Result<()>| on_done(host, status(&result)));
        match event_loop.write_slice(id, rest, Some(on_done)) {
            Ok(Written::Done) => 0,
            Ok(Written::Queued) => 1,
            Err(error) => errno(&error),
        }
    }

    fn adopt(&self, id: HandleId) {
        let event_loop = self.core.event_loop();
        if let Some(old) = self.id.replace(Some(id)) {
            event_loop.close(old, None);
        }
        if self.unref.get() {
            event_loop.set_ref(id, false);
        }
        if !self.is_pipe {
            if self.no_delay.get() {
                let _ = event_loop.set_nodelay(id, true);
            }
            if let Some(delay_s) = self.keep_alive.get() {
                let _ = event_loop.set_keepalive(id, Some(delay_s));
            }
        }
    }
}

/// The prototypes of a realm's handle objects.
struct Classes {
    tcp: Object,
    pipe: Object,
}

/// Makes the prototypes.
///
/// # Errors
/// Where an object can't be made.
pub fn install(ctx: &mut Context) -> Result<(), Error> {
    let tcp = prototype(ctx, false)?;
    let pipe = prototype(ctx, true)?;
    ctx.set_host(Rc::new(Classes { tcp, pipe }));
    Ok(())
}

fn prototype(ctx: &mut Context, is_pipe: bool) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in METHODS {
        object.define_function(ctx, name, length, function)?;
    }
    object.set(ctx, "isPipe", is_pipe)?;
    // Numbers of descriptors stay what they are in Node: a property.
    let get = Function::from_native(ctx, "get fd", 0, descriptor);
    object.define_accessor(
        ctx,
        "fd",
        Some(&get),
        None,
        ouro_engine::Attributes::CONFIGURABLE,
    )?;
    Ok(object)
}

/// A new handle object, over a socket of the loop or over none yet.
///
/// # Errors
/// Where the binding isn't installed.
pub fn new_handle(ctx: &mut Context, is_pipe: bool, id: Option<HandleId>) -> Result<Object, Error> {
    let classes = ctx
        .host::<Classes>()
        .ok_or_else(|| Error::type_error("net is not installed"))?;
    let handle = NetHandle {
        core: RuntimeCore::of(ctx)?,
        id: Cell::new(id),
        is_pipe,
        closed: Cell::new(false),
        unref: Cell::new(false),
        bytes_read: Cell::new(0),
        bytes_written: Cell::new(0),
        no_delay: Cell::new(false),
        keep_alive: Cell::new(None),
        path: RefCell::new(None),
    };
    let prototype = if is_pipe { &classes.pipe } else { &classes.tcp };
    Ok(Object::with_payload(ctx, Some(prototype), handle))
}

pub(crate) fn status(result: &io::Result<()>) -> i32 {
    result.as_ref().err().map_or(0, errno)
}

fn outcome(result: io::Result<()>) -> Result<Value, Error> {
    Ok(status(&result).into())
}

fn this_object(this: &Value) -> Result<Object, Error> {
    this.as_object()
        .ok_or_else(|| Error::type_error("not a network handle"))
}

fn port(ctx: &mut Context, value: &Value) -> Result<u16, Error> {
    Ok(value.to_u32(ctx)? as u16)
}

/// A callback of the loop that calls `callback(status)`.
fn later(core: &RuntimeCore, callback: Option<Function>) -> impl FnOnce(&mut Host, i32) + 'static {
    let id = core.id();
    move |host, status| {
        if let Some(callback) = callback {
            host.call(id, &callback, &Value::undefined(), &[Value::from(status)]);
        }
    }
}

// ---- listening

fn listen(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let host_name = args.at(0).to_rust_string(ctx)?;
    let Some(addr) = socket_addr(&host_name, port(ctx, args.at(1))?) else {
        return Ok(EINVAL.into());
    };
    let options = TcpListenOptions {
        backlog: args.at(2).to_i32(ctx)?,
        ipv6_only: args.at(3).to_boolean(),
        reuse_port: args.at(4).to_boolean(),
    };
    let on_connection = accept_into(&handle, this_object(this)?);
    match handle.event_loop().tcp_listen(addr, options, on_connection) {
        Ok(id) => handle.adopt(id),
        Err(error) => return Ok(errno(&error).into()),
    }
    Ok(0.into())
}

fn listen_path(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let path = PathBuf::from(args.at(0).to_rust_string(ctx)?);
    let backlog = args.at(1).to_i32(ctx)?;
    let on_connection = accept_into(&handle, this_object(this)?);
    match handle
        .event_loop()
        .pipe_listen(&path, backlog, on_connection)
    {
        Ok(id) => handle.adopt(id),
        Err(error) => return Ok(errno(&error).into()),
    }
    crate::sys::open_socket_file(&path, args.at(2).to_boolean(), args.at(3).to_boolean());
    *handle.path.borrow_mut() = Some(path);
    Ok(0.into())
}

fn listen_fd(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    NetHandle::of(this)?;
    // The loop makes its listeners itself: a descriptor that listens already can't be taken over.
    Ok(EINVAL.into())
}

/// The loop's callback of a listening handle: wraps the connection and calls `onconnection(status, handle)`.
fn accept_into(
    handle: &NetHandle,
    listener: Object,
) -> impl FnMut(&mut Host, io::Result<HandleId>) + 'static {
    let context = handle.core.id();
    let is_pipe = handle.is_pipe;
    move |host, connection| {
        host.enter(context, |ctx| {
            let args = match connection {
                Ok(id) => [
                    Value::from(0),
                    Value::from(new_handle(ctx, is_pipe, Some(id))?),
                ],
                Err(error) => [Value::from(errno(&error)), Value::undefined()],
            };
            let callback = listener.get(ctx, key!("onconnection"))?;
            match callback.as_function() {
                Some(callback) => callback.call(ctx, &Value::from(&listener), &args).map(drop),
                None => Ok(()),
            }
        });
    }
}

// ---- connecting

fn connect(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let address = args.at(0).to_rust_string(ctx)?;
    let Some(addr) = socket_addr(&address, port(ctx, args.at(1))?) else {
        return Ok(EINVAL.into());
    };
    let local = args.at(2).to_rust_string(ctx)?;
    let local_port = port(ctx, args.at(3))?;
    let any = if addr.is_ipv6() { "::" } else { "0.0.0.0" };
    let local_addr = match (local.as_str(), local_port) {
        ("", 0) => None,
        ("", port) => socket_addr(any, port),
        (text, port) => socket_addr(text, port),
    };
    let on_connect = connected(&handle, this_object(this)?, args.at(4).as_function());
    match handle
        .event_loop()
        .tcp_connect(addr, TcpConnectOptions { local_addr }, on_connect)
    {
        Ok(id) => handle.adopt(id),
        Err(error) => return Ok(errno(&error).into()),
    }
    Ok(0.into())
}

fn connect_path(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let path = args.at(0).to_rust_string(ctx)?;
    let on_connect = connected(&handle, this_object(this)?, args.at(1).as_function());
    match handle
        .event_loop()
        .pipe_connect(Path::new(&path), on_connect)
    {
        Ok(id) => handle.adopt(id),
        Err(error) => return Ok(errno(&error).into()),
    }
    Ok(0.into())
}

fn connected(
    handle: &NetHandle,
    object: Object,
    callback: Option<Function>,
) -> impl FnOnce(&mut Host, HandleId, io::Result<()>) + 'static {
    let call = later(&handle.core, callback);
    move |host, _, result| {
        call(host, status(&result));
        drop(object);
    }
}

fn open(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let fd = args.at(0).to_i32(ctx)?;
    let kind = match crate::sys::descriptor_type(fd) {
        "TCP" => StreamKind::Tcp,
        "PIPE" if crate::sys::is_socket(fd) => StreamKind::Pipe,
        "PIPE" => StreamKind::Fifo,
        "TTY" => StreamKind::Tty,
        _ => return Ok(EINVAL.into()),
    };
    let opened = crate::sys::take_descriptor(fd)
        .and_then(|source| handle.event_loop().stream_open_fd(source, kind));
    match opened {
        Ok(id) => handle.adopt(id),
        Err(error) => return Ok(errno(&error).into()),
    }
    Ok(0.into())
}

// ---- reading

fn read_start(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(ENOTCONN.into());
    };
    if handle.event_loop().read_resume(id) {
        return Ok(0.into());
    }
    let object = this_object(this)?;
    let context = handle.core.id();
    let counter = handle.clone();
    let on_read = move |host: &mut Host, _: HandleId, read: Read<'_>| {
        deliver(host, context, &object, &counter, read)
    };
    outcome(handle.event_loop().read_start(id, on_read))
}

/// Calls `onread(nread, buffer)`.
fn deliver(
    host: &mut Host,
    context: ContextId,
    object: &Object,
    handle: &NetHandle,
    read: Read<'_>,
) {
    host.enter(context, |ctx| {
        let args = match read {
            Read::Data(bytes) => {
                handle.count_read(bytes.len());
                [Value::from(bytes.len()), new_buffer(ctx, bytes)?]
            }
            Read::Eof => [Value::from(EOF), Value::undefined()],
            Read::Error(error) => [Value::from(errno(&error)), Value::undefined()],
        };
        let callback = object.get(ctx, key!("onread"))?;
        match callback.as_function() {
            Some(callback) => callback.call(ctx, &Value::from(object), &args).map(drop),
            None => Ok(()),
        }
    });
}

fn read_stop(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    if let Some(id) = handle.id.get() {
        handle.event_loop().read_pause(id);
    }
    Ok(0.into())
}

// ---- writing

fn write_buffer(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let done = later(&handle.core, args.at(1).as_function());
    let status = ctx.with_bytes(args.at(0), |bytes| handle.write_bytes(bytes, done))?;
    Ok(status.into())
}

fn write_string(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let text = args.at(0).to_js_string(ctx)?;
    let name = args.at(1).to_rust_string(ctx)?;
    let encoding = Encoding::parse(&name).unwrap_or(Encoding::Utf8);
    let done = later(&handle.core, args.at(2).as_function());
    // FAST PATH: ASCII text is its own UTF-8 and Latin-1.
    let plain = matches!(
        encoding,
        Encoding::Utf8 | Encoding::Latin1 | Encoding::Ascii
    );
    let status = match text.as_ascii() {
        Some(ascii) if plain => handle.write_bytes(ascii.as_bytes(), done),
        _ => handle.write_bytes(&encode(text_of(&text), encoding), done),
    };
    Ok(status.into())
}

/// Writes an array of byte views in order.
fn writev(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let done = later(&handle.core, args.at(1).as_function());
    let chunks = args
        .at(0)
        .as_array()
        .ok_or_else(|| Error::type_error("chunks must be an array"))?
        .to_vec(ctx)?;
    let mut bytes = Vec::new();
    for chunk in &chunks {
        ctx.with_bytes(chunk, |chunk| bytes.extend_from_slice(chunk))?;
    }
    Ok(handle.write_bytes(&bytes, done).into())
}

fn shutdown(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(ENOTCONN.into());
    };
    let done = later(&handle.core, args.at(0).as_function());
    let on_done =
        Box::new(move |host: &mut Host, result: io::Result<()>| done(host, status(&result)));
    outcome(handle.event_loop().shutdown(id, Some(on_done)))
}

// ---- ending

fn close(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    if handle.closed.replace(true) {
        return Ok(0.into());
    }
    let done = later(&handle.core, args.at(0).as_function());
    let object = this_object(this)?;
    let callback = move |host: &mut Host| {
        done(host, 0);
        drop(object);
    };
    match handle.id.take() {
        Some(id) => handle.event_loop().close(id, Some(Box::new(callback))),
        None => handle.event_loop().on_close(callback),
    }
    Ok(0.into())
}

fn reset(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let Some(id) = handle.id.get() else {
        return Ok(EBADF.into());
    };
    let done = later(&handle.core, args.at(0).as_function());
    let result = handle
        .event_loop()
        .reset(id, Some(Box::new(move |host| done(host, 0))));
    if result.is_ok() {
        handle.id.set(None);
        handle.closed.set(true);
    }
    outcome(result)
}

fn ref_handle(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    set_ref(this, true)
}

fn unref_handle(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    set_ref(this, false)
}

fn set_ref(this: &Value, refd: bool) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    handle.unref.set(!refd);
    if let Some(id) = handle.id.get() {
        handle.event_loop().set_ref(id, refd);
    }
    Ok(Value::undefined())
}

fn has_ref(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    Ok((handle.id.get().is_some() && !handle.unref.get()).into())
}

// ---- facts and settings

fn getsockname(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    name_of(ctx, &handle, |event_loop, id| event_loop.local_addr(id))
}

fn getpeername(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    name_of(ctx, &handle, |event_loop, id| event_loop.peer_addr(id))
}

/// `{ address, family, port }`, `{}` for a pipe, or a negative errno.
fn name_of(
    ctx: &mut Context,
    handle: &NetHandle,
    ask: impl FnOnce(&LoopHandle<Host>, HandleId) -> io::Result<std::net::SocketAddr>,
) -> Result<Value, Error> {
    let object = Object::new(ctx);
    if handle.is_pipe {
        return Ok(object.into());
    }
    let Some(id) = handle.id.get() else {
        return Ok(EBADF.into());
    };
    let addr = match ask(handle.event_loop(), id) {
        Ok(addr) => addr,
        Err(error) => return Ok(errno(&error).into()),
    };
    let mut address = addr.ip().to_string();
    if let std::net::SocketAddr::V6(v6) = addr
        && v6.scope_id() != 0
        && let Some(zone) = crate::sys::interface_name(v6.scope_id())
    {
        address.push('%');
        address.push_str(&zone);
    }
    object.set(ctx, "address", address)?;
    object.set(ctx, "family", if addr.is_ipv6() { "IPv6" } else { "IPv4" })?;
    object.set(ctx, "port", addr.port())?;
    Ok(object.into())
}

fn set_no_delay(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let on = args.at(0).to_boolean();
    handle.no_delay.set(on);
    match handle.id.get() {
        Some(id) if !handle.is_pipe => outcome(handle.event_loop().set_nodelay(id, on)),
        _ => Ok(0.into()),
    }
}

fn set_keep_alive(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let delay_s = args.at(1).to_u32(ctx)?;
    let setting = args.at(0).to_boolean().then_some(delay_s);
    handle.keep_alive.set(setting);
    match handle.id.get() {
        Some(id) if !handle.is_pipe => outcome(handle.event_loop().set_keepalive(id, setting)),
        _ => Ok(0.into()),
    }
}

fn descriptor(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let number = handle
        .id
        .get()
        .and_then(|id| handle.event_loop().descriptor(id));
    Ok(number.unwrap_or(-1).into())
}

fn bytes_read(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok((NetHandle::of(this)?.bytes_read.get() as f64).into())
}

fn bytes_written(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok((NetHandle::of(this)?.bytes_written.get() as f64).into())
}

fn write_queue_size(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    let size = handle
        .id
        .get()
        .map_or(0, |id| handle.event_loop().write_queue_size(id));
    Ok(size.into())
}

fn get_async_id(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let handle = NetHandle::of(this)?;
    Ok(handle.id.get().map_or(0.0, |id| id.to_bits() as f64).into())
}
