//! node:string_decoder. The state of a decoder lives in seven bytes that JavaScript owns; see `state.rs`.
//!
//! Binding functions, called from `string_decoder.js`: `encodingId(name)`, `decode(state, bytes)` (`undefined` where
//! either is not what it should be), `flush(state)`.

mod state;

use ouro_engine::{Arguments as _, Context, Error, Object, Value};

use crate::buffer::codec::{Encoding, decode};
use crate::buffer::new_string;
use state::State;

/// Makes `binding('string_decoder')`.
///
/// # Errors
/// Only where the heap is exhausted.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "encodingId", 1, encoding_id)?;
    object.set_function(ctx, "decode", 2, js_decode)?;
    object.set_function(ctx, "flush", 1, flush)?;
    Ok(object)
}

fn encoding_id(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let name = args.at(0).to_rust_string(ctx)?;
    Ok(Value::from(Encoding::parse(&name).map(state::id_of)))
}

fn read_state(ctx: &mut Context, value: &Value) -> Result<Option<State>, Error> {
    if value.as_typed_array().is_none() {
        return Ok(None);
    }
    ctx.with_bytes(value, State::read)
}

fn write_state(ctx: &mut Context, value: &Value, state: &State) -> Result<(), Error> {
    ctx.with_bytes_mut(value, |bytes| state.write(bytes))
}

fn js_decode(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let is_view = args.at(1).as_typed_array().is_some() || args.at(1).as_data_view().is_some();
    let Some(mut state) = read_state(ctx, args.at(0))?.filter(|_| is_view) else {
        return Ok(Value::undefined());
    };
    if state.never_waits() {
        let encoding = state.encoding;
        let text = ctx.with_bytes(args.at(1), |bytes| {
            state::string_of(&decode(bytes, encoding))
        })?;
        return Ok(Value::from(text));
    }
    let whole = ctx.with_bytes(args.at(1), |bytes| state.take(bytes))?;
    write_state(ctx, args.at(0), &state)?;
    new_string(ctx, &decode(&whole, state.encoding))
}

fn flush(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let Some(mut state) = read_state(ctx, args.at(0))? else {
        return Ok(Value::from(""));
    };
    let rest = state.finish();
    write_state(ctx, args.at(0), &state)?;
    new_string(ctx, &decode(&rest, state.encoding))
}
