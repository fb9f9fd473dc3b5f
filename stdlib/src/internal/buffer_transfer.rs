//! `buffer_transfer`: takes a transferred `ArrayBuffer`'s memory away.
//!
//! Binding function, called by `internal/structured_clone` and `internal/webstreams/readablebytestream`:
//! `detach(arrayBuffer)`.

use ouro_engine::{Arguments, Context, Error, Object, Value};

/// Makes the binding `buffer_transfer`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "detach", 1, detach)?;
    Ok(object)
}

fn detach(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    if let Some(buffer) = args.at(0).as_array_buffer() {
        buffer.detach()?;
    }
    Ok(Value::undefined())
}
