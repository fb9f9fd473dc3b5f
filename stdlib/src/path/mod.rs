//! node:path. POSIX paths are worked on in Rust, one call each; Windows paths in JavaScript, because there they are
//! met by programs that ask for `path.win32` only.
//!
//! Binding functions, all called from `posix.js`, some of them being the exported functions themselves: `normalize`,
//! `join`, `resolveParts`, `relativeResolved`, `dirname`, `basename`, `extname`, `isAbsolute`, `parse`.

mod posix;

use ouro_engine::{Arguments as _, Context, Error, JsString, Object, StringUnits, Value};

use crate::internal::node_error::invalid_arg_type;

/// Makes `binding('path')`.
///
/// # Errors
/// Only where the heap is exhausted.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    object.set_function(ctx, "normalize", 1, normalize)?;
    object.set_function(ctx, "join", 0, join)?;
    object.set_function(ctx, "resolveParts", 2, resolve_parts)?;
    object.set_function(ctx, "relativeResolved", 2, relative_resolved)?;
    object.set_function(ctx, "dirname", 1, dirname)?;
    object.set_function(ctx, "basename", 2, basename)?;
    object.set_function(ctx, "extname", 1, extname)?;
    object.set_function(ctx, "isAbsolute", 1, is_absolute)?;
    object.set_function(ctx, "parse", 1, parse)?;
    Ok(object)
}

/// Runs generic code on the units as they are stored and makes a string of the result.
macro_rules! on_units {
    ($string:expr, |$units:ident| $result:expr) => {
        match $string.units() {
            StringUnits::Latin1($units) => JsString::from_latin1(&$result),
            StringUnits::Utf16($units) => JsString::from_utf16(&$result),
        }
    };
}

fn string_argument(ctx: &mut Context, value: &Value, name: &str) -> Result<JsString, Error> {
    match value.as_string() {
        Some(string) => Ok(string),
        None => Err(invalid_arg_type(ctx, name, "string", value)),
    }
}

fn wide(string: &JsString) -> Vec<u16> {
    string.utf16().collect()
}

fn normalize(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = string_argument(ctx, args.at(0), "path")?;
    Ok(Value::from(on_units!(path, |units| posix::normalize(
        units
    ))))
}

/// `join(...paths)`.
fn join(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let slash = JsString::from("/");
    let mut joined = JsString::empty();
    for part in args {
        let part = string_argument(ctx, part, "path")?;
        joined = match (joined.is_empty(), part.is_empty()) {
            (_, true) => joined,
            (true, false) => part,
            (false, false) => joined.concat(&slash).concat(&part),
        };
    }
    Ok(Value::from(on_units!(joined, |units| posix::normalize(
        units
    ))))
}

/// `resolveParts(paths, cwd)`: the resolved path; `undefined` where `cwd` is needed and was not given.
fn resolve_parts(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let list = args.at(0).to_object(ctx)?;
    let count = list.get(ctx, "length")?.to_u32(ctx)?;
    let mut resolver = posix::Resolver::default();
    let mut absolute = false;
    for index in (0..count).rev() {
        let part = list.get(ctx, index)?;
        let part = string_argument(ctx, &part, &format!("paths[{index}]"))?;
        absolute = resolver.prepend(&wide(&part));
        if absolute {
            break;
        }
    }
    if !absolute {
        let Some(cwd) = args.at(1).as_string() else {
            return Ok(Value::undefined());
        };
        resolver.prepend(&wide(&cwd));
    }
    Ok(Value::from(JsString::from_utf16(&resolver.finish())))
}

/// `relativeResolved(from, to)`, both absolute and normal.
fn relative_resolved(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let from = string_argument(ctx, args.at(0), "from")?;
    let to = string_argument(ctx, args.at(1), "to")?;
    let relative = posix::relative(&wide(&from), &wide(&to));
    Ok(Value::from(JsString::from_utf16(&relative)))
}

fn dirname(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = string_argument(ctx, args.at(0), "path")?;
    Ok(Value::from(on_units!(path, |units| posix::dirname(units))))
}

fn basename(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let suffix = match args.at(1) {
        suffix if suffix.is_undefined() => JsString::empty(),
        suffix => string_argument(ctx, suffix, "suffix")?,
    };
    let path = string_argument(ctx, args.at(0), "path")?;
    let name = match (path.units(), suffix.units()) {
        (StringUnits::Latin1(path), StringUnits::Latin1(suffix)) => {
            JsString::from_latin1(posix::basename(path, suffix))
        }
        _ => JsString::from_utf16(posix::basename(&wide(&path), &wide(&suffix))),
    };
    Ok(Value::from(name))
}

fn extname(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = string_argument(ctx, args.at(0), "path")?;
    Ok(Value::from(on_units!(path, |units| posix::extname(units))))
}

fn is_absolute(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = string_argument(ctx, args.at(0), "path")?;
    Ok(Value::from(path.code_unit_at(0) == Some(u16::from(b'/'))))
}

fn parse(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    let path = string_argument(ctx, args.at(0), "path")?;
    let units = wide(&path);
    let parsed = posix::parse(&units);
    let object = Object::new(ctx);
    let parts = [
        ("root", parsed.root),
        ("dir", parsed.dir),
        ("base", parsed.base),
        ("ext", parsed.ext),
        ("name", parsed.name),
    ];
    for (name, part) in parts {
        object.set(ctx, name, JsString::from_utf16(part))?;
    }
    Ok(Value::from(object))
}
