//! Parser objects: a parser for JavaScript, fed by a socket of the loop or by `execute`.
//!
//! A consumed handle's bytes never become JavaScript values: the loop's read callback parses them in place and calls
//! JavaScript once per event (`head`, `body`, `end`, `upgrade`, `error`, `eof`). `execute(chunk)` does the same for bytes
//! that come through a stream; as in Node, its events are called before it returns. While `paused`, what is left of the
//! input waits in `pending` and the handle isn't read.
//!
//! The object also keeps the times by which the server judges slow requests, and one timer for an idle connection.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ouro_engine::{
    Arguments as _, Context, Error, Function, JsString, NativeFn, Object, Payload, Value, js_str,
};
use ouro_runtime::event_loop::TimerId;
use ouro_runtime::handle::{HandleId, Read};
use ouro_runtime::{Host, RuntimeCore};

use super::parser::{Event, Head, Kind, Limits, Method, ParseError, Parser};
use crate::buffer::new_buffer;
use crate::net::{NetHandle, errno};

const METHODS: [(&str, usize, NativeFn); 12] = [
    ("consume", 1, consume),
    ("unconsume", 0, unconsume),
    ("execute", 1, execute),
    ("finish", 0, finish),
    ("pause", 0, pause),
    ("resume", 0, resume),
    ("skipBody", 0, skip_body),
    ("setUpgrade", 1, set_upgrade),
    ("setIdle", 1, set_idle),
    ("overdue", 2, overdue),
    ("isIdle", 0, is_idle),
    ("release", 0, release),
];

/// JavaScript's side of the events; see `_http_common.js`.
pub struct Callbacks {
    head: Function,
    body: Function,
    end: Function,
    upgrade: Function,
    error: Function,
    eof: Function,
    idle: Function,
    /// `flushed(message, status)`: a queued write of `sendBody` has ended.
    pub flushed: Function,
}

impl Callbacks {
    /// The realm's callbacks.
    ///
    /// # Errors
    /// `TypeError` before `setCallbacks` was called.
    pub fn of(ctx: &Context) -> Result<Rc<Self>, Error> {
        ctx.host::<Self>()
            .ok_or_else(|| Error::type_error("http has no callbacks"))
    }
}

struct Prototype(Object);

/// What a parser object carries.
struct Connection {
    core: Rc<RuntimeCore>,
    callbacks: Rc<Callbacks>,
    parser: RefCell<Parser>,
    handle: RefCell<Option<Rc<NetHandle>>>,
    paused: Cell<bool>,
    released: Cell<bool>,
    /// Whether `finish` was called while input waited.
    finish_waits: Cell<bool>,
    /// Input that arrived while paused.
    pending: RefCell<Vec<u8>>,
    drain_queued: Cell<bool>,
    /// When the message at hand began, in loop milliseconds; `None` between messages.
    started_ms: Cell<Option<u64>>,
    head_done: Cell<bool>,
    idle_deadline_ms: Cell<Option<u64>>,
    idle_timer: Cell<Option<TimerId>>,
}

impl Payload for Connection {}

/// Makes the prototype of parser objects.
///
/// # Errors
/// Where an object can't be made.
pub fn install(ctx: &mut Context) -> Result<(), Error> {
    let prototype = Object::new(ctx);
    for (name, length, function) in METHODS {
        prototype.define_function(ctx, name, length, function)?;
    }
    ctx.set_host(Rc::new(Prototype(prototype)));
    Ok(())
}

/// `setCallbacks(head, body, end, upgrade, error, eof, idle, flushed)`.
pub fn set_callbacks(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let function = |index: usize| {
        args.at(index)
            .as_function()
            .ok_or_else(|| Error::type_error("callbacks must be functions"))
    };
    let callbacks = Callbacks {
        head: function(0)?,
        body: function(1)?,
        end: function(2)?,
        upgrade: function(3)?,
        error: function(4)?,
        eof: function(5)?,
        idle: function(6)?,
        flushed: function(7)?,
    };
    ctx.set_host(Rc::new(callbacks));
    Ok(Value::undefined())
}

/// `newParser(kind, maxHeadBytes, maxPairs, lenient)`: kind 0 parses requests, 1 responses.
pub fn new_parser(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let kind = if args.at(0).as_i32() == Some(1) {
        Kind::Response
    } else {
        Kind::Request
    };
    let limits = Limits {
        max_head_bytes: args.at(1).to_u32(ctx)? as usize,
        max_header_pairs: args.at(2).to_u32(ctx)? as usize,
        lenient: args.at(3).to_boolean(),
    };
    let core = RuntimeCore::of(ctx)?;
    let now = core.event_loop().now_ms();
    let connection = Connection {
        callbacks: Callbacks::of(ctx)?,
        parser: RefCell::new(Parser::new(kind, limits)),
        handle: RefCell::new(None),
        paused: Cell::new(false),
        released: Cell::new(false),
        finish_waits: Cell::new(false),
        pending: RefCell::default(),
        drain_queued: Cell::new(false),
        // A connection that says nothing is as slow as one that says half a request.
        started_ms: Cell::new(Some(now)),
        head_done: Cell::new(false),
        idle_deadline_ms: Cell::new(None),
        idle_timer: Cell::new(None),
        core,
    };
    let prototype = ctx
        .host::<Prototype>()
        .ok_or_else(|| Error::type_error("http is not installed"))?;
    Ok(Object::with_payload(ctx, Some(&prototype.0), connection).into())
}

fn of(this: &Value) -> Result<(Object, Rc<Connection>), Error> {
    let object = this.as_object().ok_or_else(not_a_parser)?;
    let connection = object.payload::<Connection>().ok_or_else(not_a_parser)?;
    Ok((object, connection))
}

fn not_a_parser() -> Error {
    Error::type_error("not an HTTP parser")
}

// ---- input

/// Parses `input` and calls JavaScript for each event. Returns how much was taken; the rest waits, or is not HTTP.
fn drive(
    ctx: &mut Context,
    object: &Object,
    connection: &Connection,
    input: &[u8],
) -> Result<usize, Error> {
    let callbacks = connection.callbacks.clone();
    let this = Value::from(object);
    let mut pos = 0;
    while !connection.released.get() {
        let rest = input.get(pos..).unwrap_or_default();
        if connection.paused.get() {
            connection.pending.borrow_mut().extend_from_slice(rest);
            return Ok(input.len());
        }
        connection.note_start(rest);
        let step = connection.parser.borrow_mut().next(rest);
        let (taken, event) = match step {
            Ok(step) => step,
            Err(error) => {
                report_error(ctx, connection, &this, &error, input, pos)?;
                return Ok(pos);
            }
        };
        pos += taken;
        match event {
            Event::NeedInput => break,
            Event::Head => {
                connection.head_done.set(true);
                if connection.emit_head(ctx, &this)? {
                    connection.started_ms.set(None);
                }
            }
            Event::Body(range) => {
                let bytes = rest.get(range).unwrap_or_default();
                let chunk = new_buffer(ctx, bytes)?;
                callbacks
                    .body
                    .call(ctx, &Value::undefined(), &[this.clone(), chunk])?;
            }
            Event::End => {
                connection.started_ms.set(None);
                connection.emit_end(ctx, &this)?;
            }
            Event::Upgrade => {
                let rest = new_buffer(ctx, input.get(pos..).unwrap_or_default())?;
                callbacks
                    .upgrade
                    .call(ctx, &Value::undefined(), &[this, rest])?;
                break;
            }
        }
    }
    Ok(pos)
}

fn report_error(
    ctx: &mut Context,
    connection: &Connection,
    this: &Value,
    error: &ParseError,
    input: &[u8],
    pos: usize,
) -> Result<(), Error> {
    let packet = new_buffer(ctx, input)?;
    let args = [
        this.clone(),
        Value::from(error.code),
        Value::from(error.reason),
        Value::from(pos + error.offset),
        packet,
    ];
    connection
        .callbacks
        .error
        .call(ctx, &Value::undefined(), &args)
        .map(drop)
}

impl Connection {
    /// Whether earlier input must be parsed before any other.
    fn is_waiting(&self) -> bool {
        self.drain_queued.get() || !self.pending.borrow().is_empty()
    }

    /// Notes when a message begins: with its first byte.
    fn note_start(&self, input: &[u8]) {
        if self.started_ms.get().is_none() && !input.is_empty() && self.parser.borrow().is_idle() {
            self.started_ms.set(Some(self.core.event_loop().now_ms()));
            self.head_done.set(false);
        }
    }

    /// Calls `head(parser, subject, target, headers, flags)`; `true` when the message has no body, so that is all.
    fn emit_head(&self, ctx: &mut Context, this: &Value) -> Result<bool, Error> {
        let (args, is_whole) = {
            let parser = self.parser.borrow();
            let head = parser.head();
            let subject = match head.method {
                Some(Method::GET) => js_str!("GET").into(),
                Some(method) => Value::from(method.name()),
                None => Value::from(i32::from(head.status)),
            };
            let target = JsString::from_latin1(&head.target);
            let headers = JsString::from_latin1(&head.headers);
            let args = [
                this.clone(),
                subject,
                target.into(),
                headers.into(),
                Value::from(flags(head)),
            ];
            (
                args,
                head.method.is_some() && !head.has_body && !head.upgrade,
            )
        };
        self.callbacks.head.call(ctx, &Value::undefined(), &args)?;
        if is_whole && !self.released.get() {
            // JavaScript took a request without body for complete: its End is not told.
            let _ = self.parser.borrow_mut().next(&[]);
        }
        Ok(is_whole)
    }

    fn emit_end(&self, ctx: &mut Context, this: &Value) -> Result<(), Error> {
        let trailers = JsString::from_latin1(self.parser.borrow().trailers());
        self.callbacks
            .end
            .call(ctx, &Value::undefined(), &[this.clone(), trailers.into()])
            .map(drop)
    }

    fn handle_id(&self) -> Option<HandleId> {
        self.handle.borrow().as_ref().and_then(|handle| handle.id())
    }

    fn stop_reading(&self) {
        if let Some(id) = self.handle_id() {
            self.core.event_loop().read_pause(id);
        }
    }
}

/// What JavaScript must know of a head, as bits; see `_http_common.js`.
fn flags(head: &Head) -> i32 {
    let other_version = (head.major, head.minor) != (1, 1);
    let bits = [
        head.keep_alive,
        head.upgrade,
        head.has_body,
        head.has_host,
        head.has_expect,
        other_version,
    ];
    let bits = bits
        .iter()
        .enumerate()
        .fold(0, |all, (n, &bit)| all | i32::from(bit) << n);
    bits | i32::from(head.major) << 8 | i32::from(head.minor) << 12
}

/// `consume(handle)`: reads the handle and parses what it gets.
fn consume(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (object, connection) = of(this)?;
    let handle = NetHandle::of(args.at(0))?;
    let Some(id) = handle.id() else {
        return Ok((-9).into());
    };
    *connection.handle.borrow_mut() = Some(handle.clone());
    let context = connection.core.id();
    let event_loop = connection.core.event_loop().clone();
    let on_read = move |host: &mut Host, _: HandleId, read: Read<'_>| {
        host.enter(context, |ctx| match read {
            Read::Data(bytes) => {
                handle.count_read(bytes.len());
                drive(ctx, &object, &connection, bytes).map(drop)
            }
            Read::Eof => emit_eof(ctx, &object, &connection, 0),
            Read::Error(error) => emit_eof(ctx, &object, &connection, errno(&error)),
        });
    };
    let started = event_loop.read_start(id, on_read);
    Ok(started.as_ref().err().map_or(0, errno).into())
}

fn emit_eof(
    ctx: &mut Context,
    object: &Object,
    connection: &Connection,
    errno: i32,
) -> Result<(), Error> {
    let args = [Value::from(object), Value::from(errno)];
    connection
        .callbacks
        .eof
        .call(ctx, &Value::undefined(), &args)
        .map(drop)
}

/// `unconsume()`: the handle is its own again; returns what was read and not parsed.
fn unconsume(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    if let Some(id) = connection.handle_id() {
        connection.core.event_loop().read_stop(id);
    }
    connection.handle.borrow_mut().take();
    let rest = connection.pending.take();
    new_buffer(ctx, &rest)
}

/// `execute(chunk)`: parses bytes that came through a stream; returns how many were taken.
fn execute(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (object, connection) = of(this)?;
    let input = ctx.with_bytes(args.at(0), <[u8]>::to_vec)?;
    if connection.is_waiting() {
        connection.pending.borrow_mut().extend_from_slice(&input);
        return Ok(input.len().into());
    }
    drive(ctx, &object, &connection, &input).map(Value::from)
}

/// `finish()`: no byte will follow. Calls `end` or `error` if that means something.
fn finish(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    if connection.released.get() {
        return Ok(Value::undefined());
    }
    if connection.is_waiting() {
        connection.finish_waits.set(true);
        return Ok(Value::undefined());
    }
    let finished = connection.parser.borrow_mut().finish();
    match finished {
        Ok(Some(_)) => connection.emit_end(ctx, this)?,
        Ok(None) => {}
        Err(error) => report_error(ctx, &connection, this, &error, &[], 0)?,
    }
    Ok(Value::undefined())
}

fn pause(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    connection.paused.set(true);
    connection.stop_reading();
    Ok(Value::undefined())
}

/// `resume()`: what waited is parsed soon, not before this returns.
fn resume(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (object, connection) = of(this)?;
    if !connection.paused.replace(false) || connection.released.get() {
        return Ok(Value::undefined());
    }
    // Also without waiting input: the parser may have an event to tell, such as the end after the last body byte.
    if !connection.drain_queued.replace(true) {
        let context = connection.core.id();
        let event_loop = connection.core.event_loop().clone();
        event_loop.immediate(move |host| {
            connection.drain_queued.set(false);
            host.enter(context, |ctx| {
                let pending = connection.pending.take();
                drive(ctx, &object, &connection, &pending)?;
                if connection.paused.get() {
                    return Ok(());
                }
                read_on(&connection);
                if connection.finish_waits.replace(false) {
                    finish(ctx, &Value::from(&object), &[])?;
                }
                Ok(())
            });
        });
    }
    Ok(Value::undefined())
}

fn read_on(connection: &Connection) {
    if let Some(id) = connection.handle_id() {
        connection.core.event_loop().read_resume(id);
    }
}

// ---- decisions

fn skip_body(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    connection.parser.borrow_mut().skip_body();
    Ok(Value::undefined())
}

fn set_upgrade(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    connection
        .parser
        .borrow_mut()
        .set_upgrade(args.at(0).to_boolean());
    Ok(Value::undefined())
}

// ---- time

/// `setIdle(ms)`: `idle(parser)` is called unless a request begins within that time; 0 ends the wait.
fn set_idle(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (object, connection) = of(this)?;
    let delay_ms = u64::from(args.at(0).to_u32(ctx)?);
    if delay_ms == 0 || connection.released.get() {
        connection.idle_deadline_ms.set(None);
        return Ok(Value::undefined());
    }
    let now = connection.core.event_loop().now_ms();
    connection.idle_deadline_ms.set(Some(now + delay_ms));
    // A timer that runs already looks at the deadline when it fires: no timer is set per request.
    if connection.idle_timer.get().is_none() {
        start_idle_timer(object, &connection, delay_ms);
    }
    Ok(Value::undefined())
}

fn start_idle_timer(object: Object, connection: &Rc<Connection>, delay_ms: u64) {
    let event_loop = connection.core.event_loop().clone();
    let context = connection.core.id();
    let connection = connection.clone();
    let owner = connection.clone();
    let timer = event_loop.timer_start(delay_ms, None, move |host: &mut Host| {
        connection.idle_timer.set(None);
        let Some(deadline) = connection.idle_deadline_ms.get() else {
            return;
        };
        let now = connection.core.event_loop().now_ms();
        if now < deadline {
            start_idle_timer(object.clone(), &connection, deadline - now);
            return;
        }
        connection.idle_deadline_ms.set(None);
        host.call(
            context,
            &connection.callbacks.idle,
            &Value::undefined(),
            &[Value::from(&object)],
        );
    });
    event_loop.timer_set_ref(timer, false);
    owner.idle_timer.set(Some(timer));
}

/// `overdue(headersTimeout, requestTimeout)`: whether the message at hand has taken longer; 0 is no limit.
fn overdue(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    let Some(started) = connection.started_ms.get() else {
        return Ok(false.into());
    };
    let elapsed = connection
        .core
        .event_loop()
        .now_ms()
        .saturating_sub(started) as f64;
    let over = |limit: Option<f64>| limit.is_some_and(|limit| limit > 0.0 && elapsed >= limit);
    let headers = !connection.head_done.get() && over(args.at(0).as_number());
    Ok((headers || over(args.at(1).as_number())).into())
}

fn is_idle(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    Ok(connection.parser.borrow().is_idle().into())
}

/// `release()`: nothing will be called any more.
fn release(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let (_, connection) = of(this)?;
    connection.released.set(true);
    connection.idle_deadline_ms.set(None);
    if let Some(timer) = connection.idle_timer.take() {
        connection.core.event_loop().timer_stop(timer);
    }
    connection.handle.borrow_mut().take();
    connection.pending.take();
    Ok(Value::undefined())
}
