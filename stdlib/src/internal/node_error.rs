//! Errors with Node's codes, thrown from Rust through the one registry, `internal/errors`.

use ouro_engine::{Context, Error, Value};

use super::loader::{CoreLoader, core_export};

/// `new codes[code](...args)` of the registry, as an error to return.
pub fn node_error(ctx: &mut Context, code: &str, args: &[Value]) -> Error {
    match construct(ctx, code, args) {
        Ok(value) => Error::from_value(value),
        Err(error) => error,
    }
}

/// `ERR_INVALID_ARG_TYPE` for an argument that is not of the type that `expected` names.
pub fn invalid_arg_type(ctx: &mut Context, name: &str, expected: &str, actual: &Value) -> Error {
    node_error(
        ctx,
        "ERR_INVALID_ARG_TYPE",
        &[Value::from(name), Value::from(expected), actual.clone()],
    )
}

fn construct(ctx: &mut Context, code: &str, args: &[Value]) -> Result<Value, Error> {
    CoreLoader::of(ctx)?;
    let codes = core_export(ctx, "internal/errors", "codes")?.to_object(ctx)?;
    let class = codes.get(ctx, code)?;
    let class = class
        .as_object()
        .ok_or_else(|| Error::error(format!("no such error code: {code}")))?;
    class.construct(ctx, args).map(Value::from)
}
