//! `v8`: what the engine tells about itself.
//!
//! Binding functions: `usage()` (bytes and counts), `writeSnapshot(path)`, `snapshot()` (the bytes), `startProfile()`, `stopProfile()`, `takeCoverage()`,
//! `stopCoverage()`, `isLatin1(text)`, `instances(function)` (objects that have its prototype in their chain), `tag()` (the engine's version as a number)
//! (`v8`; `isLatin1` also `internal/v8/serdes`). [`collections`] has more. Profiles and coverage that a command line asked for are [`tools`]'.
//!
//! Source: <https://nodejs.org/docs/latest-v24.x/api/v8.html>.

mod collections;
pub mod tools;

use std::fs::File;
use std::io::BufWriter;

use ouro_engine::{
    Arguments, Array, ArrayBuffer, Context, Error, NativeFn, Object, StringUnits, Value,
};

/// Makes the binding `v8`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("usage", 0, usage as NativeFn),
        ("writeSnapshot", 1, write_snapshot),
        ("snapshot", 0, snapshot),
        ("takeCoverage", 0, take_coverage),
        ("stopCoverage", 0, stop_coverage),
        ("startProfile", 0, start_profile),
        ("stopProfile", 0, stop_profile),
        ("isLatin1", 1, is_latin1),
        ("instances", 1, instances),
        ("tag", 0, tag),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    collections::define(ctx, &object)?;
    Ok(object)
}

fn usage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let usage = ctx.heap_usage();
    let object = Object::new(ctx);
    for (name, amount) in [
        ("used", usage.used_bytes),
        ("total", usage.total_bytes),
        ("limit", usage.limit_bytes),
        ("external", usage.external_bytes),
        ("buffers", usage.buffer_bytes),
        ("realms", usage.n_realms),
        ("handles", usage.n_handles * size_of::<Value>()),
    ] {
        object.set(ctx, name, amount as f64)?;
    }
    Ok(object.into())
}

fn write_snapshot(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = args.at(0).to_rust_string(ctx)?;
    let file = File::create(&path).map_err(|error| Error::error(format!("{path}: {error}")))?;
    ctx.write_heap_snapshot(&mut BufWriter::new(file))?;
    Ok(Value::undefined())
}

fn snapshot(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let mut bytes = Vec::new();
    ctx.write_heap_snapshot(&mut bytes)?;
    Ok(ArrayBuffer::from_vec(ctx, bytes)?.into())
}

fn take_coverage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    tools::write_coverage(ctx)?;
    Ok(Value::undefined())
}

fn stop_coverage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    ctx.stop_precise_coverage();
    Ok(Value::undefined())
}

fn start_profile(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    ctx.start_cpu_profile(tools::SAMPLE_INTERVAL)?;
    Ok(Value::undefined())
}

fn stop_profile(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(ctx.stop_cpu_profile()?.as_str()))
}

fn is_latin1(_ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let text = args.at(0).as_string();
    let is_latin1 = text.is_some_and(|text| match text.units() {
        StringUnits::Latin1(_) => true,
        StringUnits::Utf16(units) => units.iter().all(|&unit| unit < 256),
    });
    Ok(is_latin1.into())
}

fn instances(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let function = args.at(0).to_object(ctx)?;
    let Some(prototype) = function.get(ctx, "prototype")?.as_object() else {
        return Ok(Array::from_iter(ctx, [0.0; 0]).into());
    };
    let found = ctx.objects_with_prototype(&prototype)?;
    Ok(Array::from_iter(ctx, found.into_iter().map(Value::from)).into())
}

fn tag(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let tag = crate::OURO_VERSION.bytes().fold(5381_u32, |tag, byte| {
        tag.wrapping_mul(33).wrapping_add(u32::from(byte))
    });
    Ok(f64::from(tag).into())
}
