//! node:buffer. `Buffer` is a `Uint8Array` with more methods; nearly all of them are native, so that a call costs one
//! crossing and no JavaScript.
//!
//! Binding functions, all called from `buffer.js` unless said otherwise:
//! `install` (gives `Buffer.prototype` its native methods and tells Rust where it is), `alloc`, `allocUnsafe`,
//! `allocUnsafeSlow`, `view`, `fromString`, `fromBytes`, `byteLength`, `concat`, `compare`, `compareRanges`,
//! `fillBytes`, `fillString`, `isUtf8`, `isAscii`, `transcode`, `atob`, `btoa`, `kindOf`, `isBuffer`, `isDetached`, `getPoolSize`, `setPoolSize`,
//! `normalizeEncoding`.
//!
//! Files: `codec.rs` and `base64.rs` (text to bytes and back), `search.rs` (finding, filling), these without JavaScript
//! types; then the glue: `realm.rs` (where new buffers come from, the pool), `strings.rs`, `bytes.rs`, `numbers.rs`
//! (methods by what they deal in), `arguments.rs` (reading arguments).

mod arguments;
pub mod base64;
mod bytes;
pub mod codec;
mod numbers;
mod realm;
mod search;
mod strings;

use ouro_engine::{Arguments as _, Attributes, Context, Error, Function, NativeFn, Object, Value};

pub use arguments::text_of;
pub use realm::{new_buffer, new_string};

/// Makes `binding('buffer')`.
///
/// # Errors
/// Only where the heap is exhausted.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "install", 1, install)?;
    for table in [realm::FUNCTIONS, strings::FUNCTIONS, bytes::FUNCTIONS] {
        for (name, length, function) in table {
            object.set_function(ctx, name, *length, *function)?;
        }
    }
    Ok(object)
}

/// A row of a table of functions: name, `length`, implementation.
type Row = (&'static str, usize, NativeFn);

/// `install(prototype)`: from now on new buffers have this prototype, and it has the native methods.
fn install(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let prototype = args.at(0).to_object(ctx)?;
    for table in [
        strings::METHODS,
        bytes::METHODS,
        numbers::READERS,
        numbers::WRITERS,
    ] {
        for (name, length, function) in table {
            let function = Function::from_native(ctx, name, *length, *function);
            prototype.define(ctx, *name, &*function, Attributes::ALL)?;
            if name.contains("UInt") {
                let alias = name.replace("UInt", "Uint");
                prototype.define(ctx, alias, &*function, Attributes::ALL)?;
            }
        }
    }
    realm::BufferRealm::install(ctx, prototype);
    Ok(Value::undefined())
}
