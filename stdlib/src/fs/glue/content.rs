//! Reading and writing.
//!
//! A synchronous call works in the caller's memory. A job on the pool never touches it: what is written is copied
//! before, what was read is copied once when the job is done, if the buffer is still there.

use ouro_engine::{Arguments, Array, ArrayBuffer, Context, Error, JsString, Value};

use super::arguments::{bits, fd, flag, path, position, size};
use super::{Functions, run, run_unit};
use crate::fs::transfer;
use crate::fs::whole_file::{self, Contents, Target};
use crate::internal::node_error::node_error;
use crate::internal::request::spawn_blocking;

pub(super) const FUNCTIONS: Functions = &[
    ("read", read),
    ("write", write),
    ("readv", readv),
    ("writev", writev),
    ("readFile", read_file),
    ("writeFile", write_file),
];

/// The longest string of the engine's Node twin, in UTF-16 units. Source: `buffer.constants.MAX_STRING_LENGTH`.
const MAX_STRING_LEN: usize = 0x1fff_ffe8;

type Completion = Result<Value, Error>;

/// `read(fd, view, offset, length, position[, callback])`: the count.
fn read(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, view, offset, len, position) = (
        fd(args, 0),
        args.at(1).clone(),
        size(args, 2),
        size(args, 3),
        position(args, 4),
    );
    let Some(callback) = args.at(5).as_function() else {
        let result = ctx.with_bytes_mut(&view, |bytes| {
            let end = offset.saturating_add(len).min(bytes.len());
            transfer::read(fd, bytes.get_mut(offset..end).unwrap_or_default(), position)
        })?;
        return result
            .map(Value::from)
            .map_err(|error| error.into_error(ctx));
    };
    let available = ctx.with_bytes(&view, <[u8]>::len)?.saturating_sub(offset);
    let len = len.min(available);
    spawn_blocking(
        ctx,
        callback,
        move || transfer::read_vec(fd, len, position),
        move |ctx, data| {
            copy_into(ctx, &view, offset, &data);
            Ok(vec![Value::from(data.len())])
        },
    )?;
    Ok(Value::undefined())
}

// A buffer that was detached meanwhile gets nothing: its memory is somebody else's now.
fn copy_into(ctx: &mut Context, view: &Value, offset: usize, data: &[u8]) {
    let _ = ctx.with_bytes_mut(view, |bytes| {
        if let Some(target) = bytes.get_mut(offset..offset.saturating_add(data.len())) {
            target.copy_from_slice(data);
        }
    });
}

/// `write(fd, view, offset, length, position[, callback])`: the count.
fn write(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, view, offset, len, position) = (
        fd(args, 0),
        args.at(1),
        size(args, 2),
        size(args, 3),
        position(args, 4),
    );
    let range = offset..offset.saturating_add(len);
    if !args.at(5).is_function() {
        let result = ctx.with_bytes(view, |bytes| {
            transfer::write(fd, bytes.get(range).unwrap_or_default(), position)
        })?;
        return result
            .map(Value::from)
            .map_err(|error| error.into_error(ctx));
    }
    let data = ctx.with_bytes(view, |bytes| bytes.get(range).unwrap_or_default().to_vec())?;
    run(
        ctx,
        args,
        move || transfer::write(fd, &data, position),
        |_, count| Ok(Value::from(count)),
    )
}

/// `readv(fd, views, position[, callback])`: the count.
fn readv(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, position) = (fd(args, 0), position(args, 2));
    let views = views(ctx, args.at(1))?;
    let mut len: usize = 0;
    for view in &views {
        len = len.saturating_add(ctx.with_bytes(view, <[u8]>::len)?);
    }
    run(
        ctx,
        args,
        move || transfer::read_vec(fd, len, position),
        move |ctx, data| {
            let mut rest = data.as_slice();
            for view in &views {
                let available = ctx
                    .with_bytes(view, <[u8]>::len)
                    .unwrap_or(0)
                    .min(rest.len());
                let (part, after) = rest.split_at(available);
                copy_into(ctx, view, 0, part);
                rest = after;
            }
            Ok(Value::from(data.len()))
        },
    )
}

/// `writev(fd, views, position[, callback])`: the count. One write of all bytes in a row.
fn writev(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, position) = (fd(args, 0), position(args, 2));
    let mut data = Vec::new();
    for view in views(ctx, args.at(1))? {
        ctx.with_bytes(&view, |bytes| data.extend_from_slice(bytes))?;
    }
    run(
        ctx,
        args,
        move || transfer::write(fd, &data, position),
        |_, count| Ok(Value::from(count)),
    )
}

fn views(ctx: &mut Context, value: &Value) -> Result<Vec<Value>, Error> {
    let array: Option<Array> = value.as_array();
    array
        .ok_or_else(|| Error::type_error("value is no array"))?
        .to_vec(ctx)
}

/// `readFile(path or fd, flags, as text[, callback])`: an `ArrayBuffer` or a string.
fn read_file(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let target = target(ctx, args)?;
    let flags = args.at(1).to_i32(ctx)?;
    let as_text = flag(args, 2);
    run(
        ctx,
        args,
        move || whole_file::read_file(&target, flags, as_text),
        contents_value,
    )
}

fn contents_value(ctx: &mut Context, contents: Contents) -> Completion {
    match contents {
        Contents::Bytes(bytes) => ArrayBuffer::from_vec(ctx, bytes).map(Value::from),
        Contents::Ascii(bytes) if bytes.len() <= MAX_STRING_LEN => {
            Ok(JsString::from_latin1(&bytes).into())
        }
        Contents::Text(units) if units.len() <= MAX_STRING_LEN => {
            Ok(JsString::from_utf16(&units).into())
        }
        Contents::Ascii(_) | Contents::Text(_) => Err(node_error(
            ctx,
            "ERR_STRING_TOO_LONG",
            &[Value::from(MAX_STRING_LEN)],
        )),
        Contents::TooLarge(len) => Err(node_error(
            ctx,
            "ERR_FS_FILE_TOO_LARGE",
            &[Value::from(len as f64)],
        )),
    }
}

/// `writeFile(path or fd, view, flags, mode[, callback])`.
fn write_file(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let target = target(ctx, args)?;
    let flags = args.at(2).to_i32(ctx)?;
    let mode = bits(ctx, args, 3)?;
    if !args.at(4).is_function() {
        let result = ctx.with_bytes(args.at(1), |bytes| {
            whole_file::write_file(&target, bytes, flags, mode)
        })?;
        return result
            .map(|()| Value::undefined())
            .map_err(|error| error.into_error(ctx));
    }
    let data = ctx.with_bytes(args.at(1), <[u8]>::to_vec)?;
    run_unit(ctx, args, move || {
        whole_file::write_file(&target, &data, flags, mode)
    })
}

fn target(ctx: &mut Context, args: &[Value]) -> Result<Target, Error> {
    if args.at(0).is_number() {
        return Ok(Target::Descriptor(fd(args, 0)));
    }
    path(ctx, args, 0).map(Target::Path)
}
