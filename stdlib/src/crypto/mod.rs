//! `crypto`: digests, codes, key derivation, ciphers and randomness.
//!
//! Binding functions: `newHash(name)`, `newHmac(name, key)`, `hashOnce(name, data)`, `hashes()`, `digestLength(name)`
//! (`crypto`, `internal/crypto/hash`); `pbkdf2`, `pbkdf2Sync(password, salt, rounds, length, name)`, `scrypt`,
//! `scryptSync(password, salt, n, r, p, length)`, `hkdfSync(name, key, salt, info, length)` (`internal/crypto/derive`);
//! `newCipher(name, encrypts, key, iv)`, `cipherInfo(name)`, `ciphers()` (`internal/crypto/cipher`); `randomFill(view)`,
//! `timingSafeEqual(a, b)` (`internal/crypto/random`).
//!
//! A hash object has `update(view)`, `digest()`, `copy()`; a cipher object `update(view)`, `final()`, `setPadding(on)`,
//! `setAAD(view)`, `tag()`, `checkTag(view)`. Layers: `digest.rs` and `cipher.rs` know no JavaScript.

mod cipher;
mod digest;

use std::cell::RefCell;
use std::rc::Rc;

use ouro_engine::{Arguments as _, Array, Context, Error, NativeFn, Object, Payload, Value};

use crate::buffer::new_buffer;
use crate::internal::request::spawn_blocking;
use crate::internal::system_error::SystemError;
use cipher::{Cipher, CipherError};
use digest::{Algorithm, Hasher, Hmac};

const FUNCTIONS: [(&str, usize, NativeFn); 15] = [
    ("newHash", 1, new_hash),
    ("newHmac", 2, new_hmac),
    ("hashOnce", 2, hash_once),
    ("hashes", 0, hashes),
    ("digestLength", 1, digest_length),
    ("pbkdf2", 6, pbkdf2),
    ("pbkdf2Sync", 5, pbkdf2_sync),
    ("scrypt", 7, scrypt),
    ("scryptSync", 6, scrypt_sync),
    ("hkdfSync", 5, hkdf_sync),
    ("newCipher", 4, new_cipher),
    ("cipherInfo", 1, cipher_info),
    ("ciphers", 0, ciphers),
    ("randomFill", 1, random_fill),
    ("timingSafeEqual", 2, timing_safe_equal),
];

const HASH_METHODS: [(&str, usize, NativeFn); 3] = [
    ("update", 1, hash_update),
    ("digest", 0, hash_digest),
    ("copy", 0, hash_copy),
];

const CIPHER_METHODS: [(&str, usize, NativeFn); 6] = [
    ("update", 1, cipher_update),
    ("final", 0, cipher_final),
    ("setPadding", 1, cipher_set_padding),
    ("setAAD", 1, cipher_set_aad),
    ("tag", 0, cipher_tag),
    ("checkTag", 1, cipher_check_tag),
];

struct Prototypes {
    hash: Object,
    cipher: Object,
}

enum Running {
    Hash(Box<dyn Hasher>),
    Hmac(Hmac),
}

struct HashState(RefCell<Option<Running>>);
struct CipherState(RefCell<Cipher>);

impl Payload for HashState {}
impl Payload for CipherState {}

/// Makes the binding `crypto`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let hash = with_functions(ctx, &HASH_METHODS)?;
    let cipher = with_functions(ctx, &CIPHER_METHODS)?;
    ctx.set_host(Rc::new(Prototypes { hash, cipher }));
    with_functions(ctx, &FUNCTIONS)
}

fn with_functions(
    ctx: &mut Context,
    functions: &[(&str, usize, NativeFn)],
) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for &(name, length, function) in functions {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn prototypes(ctx: &Context) -> Result<Rc<Prototypes>, Error> {
    ctx.host::<Prototypes>()
        .ok_or_else(|| Error::type_error("crypto is not installed"))
}

fn bytes(ctx: &mut Context, value: &Value) -> Result<Vec<u8>, Error> {
    ctx.with_bytes(value, <[u8]>::to_vec)
}

fn algorithm(ctx: &mut Context, value: &Value) -> Result<Option<&'static Algorithm>, Error> {
    Ok(digest::find(&value.to_rust_string(ctx)?))
}

// ---- digests. Functions that get an unknown name return undefined: the JavaScript above has the error for it.

fn hash_object(ctx: &mut Context, running: Running) -> Result<Value, Error> {
    let prototypes = prototypes(ctx)?;
    Ok(Object::with_payload(
        ctx,
        Some(&prototypes.hash),
        HashState(RefCell::new(Some(running))),
    )
    .into())
}

fn new_hash(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    match algorithm(ctx, args.at(0))? {
        Some(algorithm) => hash_object(ctx, Running::Hash(algorithm.hasher())),
        None => Ok(Value::undefined()),
    }
}

fn new_hmac(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(algorithm) = algorithm(ctx, args.at(0))? else {
        return Ok(Value::undefined());
    };
    let hmac = ctx.with_bytes(args.at(1), |key| Hmac::new(algorithm, key))?;
    hash_object(ctx, Running::Hmac(hmac))
}

fn hash_once(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(algorithm) = algorithm(ctx, args.at(0))? else {
        return Ok(Value::undefined());
    };
    let digest = ctx.with_bytes(args.at(1), |data| algorithm.digest(data))?;
    new_buffer(ctx, &digest)
}

fn hashes(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Array::from_iter(
        ctx,
        digest::ALGORITHMS.iter().map(|algorithm| algorithm.name),
    )
    .into())
}

fn digest_length(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(algorithm(ctx, args.at(0))?
        .map(|algorithm| algorithm.digest_len as f64)
        .into())
}

fn hash_of(this: &Value) -> Result<Rc<HashState>, Error> {
    this.as_object()
        .and_then(|object| object.payload())
        .ok_or_else(|| Error::type_error("not a hash"))
}

fn hash_update(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let state = hash_of(this)?;
    ctx.with_bytes(args.at(0), |data| match state.0.borrow_mut().as_mut() {
        Some(Running::Hash(hasher)) => hasher.update(data),
        Some(Running::Hmac(hmac)) => hmac.update(data),
        None => {}
    })?;
    Ok(Value::undefined())
}

fn hash_digest(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let running = hash_of(this)?.0.borrow_mut().take();
    match running {
        Some(Running::Hash(hasher)) => new_buffer(ctx, &hasher.finish()),
        Some(Running::Hmac(hmac)) => new_buffer(ctx, &hmac.finish()),
        None => Ok(Value::undefined()),
    }
}

fn hash_copy(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let copy = match hash_of(this)?.0.borrow().as_ref() {
        Some(Running::Hash(hasher)) => Running::Hash(hasher.copy()),
        Some(Running::Hmac(hmac)) => Running::Hmac(hmac.copy()),
        None => return Ok(Value::undefined()),
    };
    hash_object(ctx, copy)
}

// ---- keys from passwords and from other keys

type Derivation = Box<dyn FnOnce() -> Option<Vec<u8>> + Send>;

/// `(password, salt, rounds, length, name)`, not yet done.
fn pbkdf2_work(ctx: &mut Context, args: &[Value]) -> Result<Derivation, Error> {
    let (password, salt) = (bytes(ctx, args.at(0))?, bytes(ctx, args.at(1))?);
    let (rounds, len) = (args.at(2).to_u32(ctx)?, args.at(3).to_u32(ctx)? as usize);
    let algorithm = algorithm(ctx, args.at(4))?;
    Ok(Box::new(move || {
        Some(digest::pbkdf2(algorithm?, &password, &salt, rounds, len))
    }))
}

/// `(password, salt, n, r, p, length)`, not yet done.
fn scrypt_work(ctx: &mut Context, args: &[Value]) -> Result<Derivation, Error> {
    let (password, salt) = (bytes(ctx, args.at(0))?, bytes(ctx, args.at(1))?);
    let n = args.at(2).to_integer(ctx)? as u64;
    let (r, p, len) = (
        args.at(3).to_u32(ctx)?,
        args.at(4).to_u32(ctx)?,
        args.at(5).to_u32(ctx)? as usize,
    );
    Ok(Box::new(move || {
        digest::scrypt(&password, &salt, n, r, p, len)
    }))
}

fn derived(ctx: &mut Context, key: Option<Vec<u8>>) -> Result<Value, Error> {
    match key {
        Some(key) => new_buffer(ctx, &key),
        None => Ok(Value::undefined()),
    }
}

fn derive_later(ctx: &mut Context, work: Derivation, callback: &Value) -> Result<Value, Error> {
    let callback = callback
        .as_function()
        .ok_or_else(|| Error::type_error("callback must be a function"))?;
    let work = move || Ok::<_, SystemError>(work());
    spawn_blocking(ctx, callback, work, |ctx, key| Ok(vec![derived(ctx, key)?]))?;
    Ok(Value::undefined())
}

fn pbkdf2(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let work = pbkdf2_work(ctx, args)?;
    derive_later(ctx, work, args.at(5))
}

fn pbkdf2_sync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let key = pbkdf2_work(ctx, args)?();
    derived(ctx, key)
}

fn scrypt(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let work = scrypt_work(ctx, args)?;
    derive_later(ctx, work, args.at(6))
}

fn scrypt_sync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let key = scrypt_work(ctx, args)?();
    derived(ctx, key)
}

fn hkdf_sync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(algorithm) = algorithm(ctx, args.at(0))? else {
        return Ok(Value::undefined());
    };
    let (key, salt, info) = (
        bytes(ctx, args.at(1))?,
        bytes(ctx, args.at(2))?,
        bytes(ctx, args.at(3))?,
    );
    let len = args.at(4).to_u32(ctx)? as usize;
    derived(ctx, digest::hkdf(algorithm, &key, &salt, &info, len))
}

// ---- ciphers

fn cipher_error(error: CipherError) -> Error {
    let text = error.to_string();
    match error {
        CipherError::KeyLength => Error::range_error(text).with_code("ERR_CRYPTO_INVALID_KEYLEN"),
        CipherError::Iv => Error::type_error(text).with_code("ERR_CRYPTO_INVALID_IV"),
        CipherError::FinalBlock => {
            openssl_error("1C80006B", &text, "ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH")
        }
        CipherError::BadDecrypt => openssl_error("1C800064", &text, "ERR_OSSL_BAD_DECRYPT"),
        CipherError::Authentication => Error::error(text),
    }
}

/// The shape that OpenSSL's errors have in Node.
fn openssl_error(number: &str, reason: &str, code: &str) -> Error {
    Error::error(format!("error:{number}:Provider routines::{reason}"))
        .with_property("library", "Provider routines")
        .with_property("reason", reason)
        .with_code(code)
}

fn new_cipher(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let name = args.at(0).to_rust_string(ctx)?;
    let Some(kind) = cipher::find(&name) else {
        return Ok(Value::undefined());
    };
    let (key, iv) = (bytes(ctx, args.at(2))?, bytes(ctx, args.at(3))?);
    let cipher = Cipher::new(kind, args.at(1).to_boolean(), &key, &iv).map_err(cipher_error)?;
    let prototypes = prototypes(ctx)?;
    Ok(Object::with_payload(
        ctx,
        Some(&prototypes.cipher),
        CipherState(RefCell::new(cipher)),
    )
    .into())
}

/// `cipherInfo(name)`: `[name, keyLength, ivLength, mode, nid]`.
fn cipher_info(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let name = args.at(0).to_rust_string(ctx)?;
    let Some(kind) = cipher::find(&name) else {
        return Ok(Value::undefined());
    };
    let mode = kind.name.rsplit('-').next().unwrap_or_default();
    let values = [
        Value::from(kind.name),
        Value::from(kind.key_len as f64),
        Value::from(kind.iv_len as f64),
        Value::from(mode),
        Value::from(kind.nid),
    ];
    Ok(Array::from_values(ctx, &values).into())
}

fn ciphers(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Array::from_iter(ctx, cipher::KINDS.iter().map(|kind| kind.name)).into())
}

fn cipher_of(this: &Value) -> Result<Rc<CipherState>, Error> {
    this.as_object()
        .and_then(|object| object.payload())
        .ok_or_else(|| Error::type_error("not a cipher"))
}

fn cipher_update(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let state = cipher_of(this)?;
    let out = ctx.with_bytes(args.at(0), |input| state.0.borrow_mut().update(input))?;
    new_buffer(ctx, &out)
}

fn cipher_final(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let last = cipher_of(this)?
        .0
        .borrow_mut()
        .finish()
        .map_err(cipher_error)?;
    new_buffer(ctx, &last)
}

fn cipher_set_padding(_ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    cipher_of(this)?
        .0
        .borrow_mut()
        .set_padding(args.at(0).to_boolean());
    Ok(Value::undefined())
}

fn cipher_set_aad(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let state = cipher_of(this)?;
    ctx.with_bytes(args.at(0), |aad| state.0.borrow_mut().set_aad(aad))?;
    Ok(Value::undefined())
}

fn cipher_tag(ctx: &mut Context, this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let tag = cipher_of(this)?.0.borrow().tag();
    derived(ctx, tag.map(|tag| tag.to_vec()))
}

/// `checkTag(tag)`: throws where it is not the one of what was decrypted.
fn cipher_check_tag(ctx: &mut Context, this: &Value, args: &[Value]) -> Result<Value, Error> {
    let state = cipher_of(this)?;
    ctx.with_bytes(args.at(0), |tag| state.0.borrow().check_tag(tag))?
        .map_err(cipher_error)?;
    Ok(Value::undefined())
}

// ---- randomness

fn random_fill(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let filled = ctx.with_bytes_mut(args.at(0), getrandom::fill)?;
    filled.map_err(|error| Error::error(format!("no randomness: {error}")))?;
    Ok(args.at(0).clone())
}

fn timing_safe_equal(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let left = bytes(ctx, args.at(0))?;
    let same = ctx.with_bytes(args.at(1), |right| digest::equal(&left, right))?;
    Ok(same.into())
}
