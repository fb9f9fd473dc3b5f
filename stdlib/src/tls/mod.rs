//! `tls`: sessions over memory buffers, and reading certificates.
//!
//! Binding functions, called by `internal/tls/*`: `newContext(key, cert, caList, extra)`; `newClient(context, name, alpn, min,
//! max)`; `newServer()`; `parseCertificate(der)`; `rootCertificates()` (an array of DER).
//!
//! A session object has `feed(view)`, `write(view)`, `close()`, `output()`, `plaintext()`, `peerClosed()`,
//! `isHandshaking()`, `helloName()`, `helloProtocols()`, `accept(context, alpn, askClient, min, max)`, `verifyError()`,
//! `peerChain()`, `ownCertificate()`, `alpn()`, `protocol()`, `cipher()`, `isResumed()`. Lists of protocols are arrays of
//! strings. Layers: `session.rs`, `verify.rs` and `x509.rs` know no JavaScript.

mod session;
mod verify;
mod x509;

use std::cell::RefCell;
use std::rc::Rc;

use ouro_engine::{Arguments as _, Array, Context, Error, NativeFn, Object, Payload, Value};

use crate::buffer::new_buffer;
use session::{SecureContext, Session, TlsError};

const FUNCTIONS: [(&str, usize, NativeFn); 5] = [
    ("newContext", 4, new_context),
    ("newClient", 5, new_client),
    ("newServer", 0, new_server),
    ("parseCertificate", 1, parse_certificate),
    ("rootCertificates", 0, root_certificates),
];

const METHODS: [(&str, usize, NativeFn); 17] = [
    ("feed", 1, feed),
    ("write", 1, write),
    ("close", 0, close),
    ("output", 0, output),
    ("plaintext", 0, plaintext),
    ("peerClosed", 0, peer_closed),
    ("isHandshaking", 0, is_handshaking),
    ("helloName", 0, hello_name),
    ("helloProtocols", 0, hello_protocols),
    ("accept", 5, accept),
    ("verifyError", 0, verify_error),
    ("peerChain", 0, peer_chain),
    ("ownCertificate", 0, own_certificate),
    ("alpn", 0, alpn),
    ("protocol", 0, protocol),
    ("cipher", 0, cipher),
    ("isResumed", 0, is_resumed),
];

struct Prototype(Object);
struct SessionState(RefCell<Session>);
struct ContextState(SecureContext);

impl Payload for SessionState {}
impl Payload for ContextState {}

/// Makes the binding `tls`.
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
    for (name, length, function) in FUNCTIONS {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn to_error(error: TlsError) -> Error {
    let reason = error
        .message
        .rsplit("::")
        .next()
        .unwrap_or_default()
        .to_owned();
    let is_openssl = error.message.contains("routines::");
    let code = error.code.clone();
    let mut thrown = Error::error(error.message);
    if is_openssl {
        thrown = thrown
            .with_property("library", "SSL routines")
            .with_property("reason", reason);
    }
    thrown.with_code(&code)
}

fn optional_bytes(ctx: &mut Context, value: &Value) -> Result<Option<Vec<u8>>, Error> {
    if value.is_nullish() {
        Ok(None)
    } else {
        ctx.with_bytes(value, <[u8]>::to_vec).map(Some)
    }
}

/// `newContext(key, cert, caList, extra)`: bytes or undefined; a list of bytes or undefined.
fn new_context(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let key = optional_bytes(ctx, args.at(0))?;
    let cert = optional_bytes(ctx, args.at(1))?;
    let extra = optional_bytes(ctx, args.at(3))?;
    let ca = match args.at(2).as_array() {
        None => None,
        Some(list) => {
            let mut all = Vec::new();
            for item in list.to_vec(ctx)? {
                all.push(ctx.with_bytes(&item, <[u8]>::to_vec)?);
            }
            Some(all)
        }
    };
    let context = SecureContext::new(
        key.as_deref(),
        cert.as_deref(),
        ca.as_deref(),
        extra.as_deref(),
    )
    .map_err(to_error)?;
    Ok(Object::with_payload(ctx, None, ContextState(context)).into())
}

fn context_of(value: &Value) -> Result<Rc<ContextState>, Error> {
    value
        .as_object()
        .and_then(|object| object.payload())
        .ok_or_else(|| Error::type_error("not a secure context"))
}

fn session_of(value: &Value) -> Result<Rc<SessionState>, Error> {
    value
        .as_object()
        .and_then(|object| object.payload())
        .ok_or_else(|| Error::type_error("not a TLS session"))
}

fn session_object(ctx: &mut Context, session: Session) -> Result<Value, Error> {
    let prototype = ctx
        .host::<Prototype>()
        .ok_or_else(|| Error::type_error("tls is not installed"))?;
    Ok(Object::with_payload(ctx, Some(&prototype.0), SessionState(RefCell::new(session))).into())
}

fn protocols(ctx: &mut Context, value: &Value) -> Result<Vec<Vec<u8>>, Error> {
    let mut list = Vec::new();
    if let Some(array) = value.as_array() {
        for item in array.to_vec(ctx)? {
            list.push(item.to_rust_string(ctx)?.into_bytes());
        }
    }
    Ok(list)
}

fn new_client(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let context = context_of(args.at(0))?;
    let name = args.at(1).to_rust_string(ctx)?;
    let alpn = protocols(ctx, args.at(2))?;
    let range = (args.at(3).to_u32(ctx)?, args.at(4).to_u32(ctx)?);
    let session = Session::client(&context.0, &name, alpn, range).map_err(to_error)?;
    session_object(ctx, session)
}

fn new_server(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    session_object(ctx, Session::server())
}

fn accept(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let context = context_of(args.at(0))?;
    let alpn = protocols(ctx, args.at(1))?;
    let range = (args.at(3).to_u32(ctx)?, args.at(4).to_u32(ctx)?);
    let session = session_of(this)?;
    let accepted = session
        .0
        .borrow_mut()
        .accept(&context.0, alpn, args.at(2).to_boolean(), range);
    accepted.map(|()| Value::undefined()).map_err(to_error)
}

fn feed(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let session = session_of(this)?;
    let fed = ctx.with_bytes(args.at(0), |bytes| session.0.borrow_mut().feed(bytes))?;
    fed.map(|()| Value::undefined()).map_err(to_error)
}

fn write(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let session = session_of(this)?;
    ctx.with_bytes(args.at(0), |bytes| session.0.borrow_mut().write(bytes))?;
    Ok(Value::undefined())
}

fn close(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    session_of(this)?.0.borrow_mut().close();
    Ok(Value::undefined())
}

/// A buffer, or undefined for no bytes.
fn buffer_unless_empty(ctx: &mut Context, bytes: &[u8]) -> Result<Value, Error> {
    if bytes.is_empty() {
        Ok(Value::undefined())
    } else {
        new_buffer(ctx, bytes)
    }
}

fn output(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let bytes = session_of(this)?.0.borrow_mut().take_output();
    buffer_unless_empty(ctx, &bytes)
}

fn plaintext(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let bytes = session_of(this)?.0.borrow_mut().take_plaintext();
    buffer_unless_empty(ctx, &bytes)
}

fn peer_closed(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().peer_closed().into())
}

fn is_handshaking(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().is_handshaking().into())
}

fn hello_name(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().hello_name().into())
}

fn hello_protocols(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let list = session_of(this)?.0.borrow().hello_protocols();
    let list = list
        .iter()
        .map(|name| String::from_utf8_lossy(name).into_owned());
    Ok(Array::from_iter(ctx, list).into())
}

fn verify_error(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().verify_error().into())
}

fn peer_chain(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let chain = session_of(this)?.0.borrow().peer_chain();
    let mut buffers = Vec::new();
    for der in &chain {
        buffers.push(new_buffer(ctx, der)?);
    }
    Ok(Array::from_values(ctx, &buffers).into())
}

fn own_certificate(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let der = session_of(this)?
        .0
        .borrow()
        .own_certificate()
        .map(<[u8]>::to_vec);
    buffer_unless_empty(ctx, &der.unwrap_or_default())
}

fn alpn(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let session = session_of(this)?;
    let session = session.0.borrow();
    Ok(session
        .alpn()
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .into())
}

fn protocol(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().protocol().into())
}

fn cipher(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().cipher().into())
}

fn is_resumed(_ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(session_of(this)?.0.borrow().is_resumed().into())
}

/// `parseCertificate(der)`: `[serial, subject, issuer, notBefore, notAfter, altNames, isCA, rsaBits, modulus, exponent,
/// publicKey, selfIssued]`, or undefined; names are arrays of attribute and value, times seconds.
fn parse_certificate(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(certificate) = ctx.with_bytes(args.at(0), x509::parse)? else {
        return Ok(Value::undefined());
    };
    let flat =
        |names: Vec<(String, String)>| names.into_iter().flat_map(|(name, value)| [name, value]);
    let subject = Array::from_iter(ctx, flat(certificate.subject));
    let issuer = Array::from_iter(ctx, flat(certificate.issuer));
    let (modulus, exponent) = certificate.rsa_key.unzip();
    let values = [
        certificate.serial.into(),
        subject.into(),
        issuer.into(),
        (certificate.not_before as f64).into(),
        (certificate.not_after as f64).into(),
        certificate.alt_names.into(),
        certificate.is_ca.into(),
        certificate.rsa_bits.map(|bits| bits as f64).into(),
        modulus.into(),
        exponent.into(),
        new_buffer(ctx, &certificate.public_key)?,
        certificate.self_issued.into(),
    ];
    Ok(Array::from_values(ctx, &values).into())
}

fn root_certificates(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let mut buffers = Vec::new();
    for der in webpki_root_certs::TLS_SERVER_ROOT_CERTS {
        buffers.push(new_buffer(ctx, der)?);
    }
    Ok(Array::from_values(ctx, &buffers).into())
}
