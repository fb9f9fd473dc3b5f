//! Directories. An open one is a number in JavaScript and an entry of [`OpenDirectories`] here.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};

use ouro_engine::{Arguments, Array, Context, Error, Value};
use ouro_runtime::RuntimeCore;
use rustc_hash::FxHashMap;

use super::arguments::{bits, flag, name_value, path, size};
use super::{Functions, run, run_unit};
use crate::fs::directory::{self, Entry, OpenDirectory};
use crate::fs::remove::{RemoveOptions, remove};
use crate::internal::system_error::SystemError;

pub(super) const FUNCTIONS: Functions = &[
    ("mkdir", mkdir),
    ("mkdtemp", mkdtemp),
    ("rmdir", rmdir),
    ("rm", rm),
    ("readdir", readdir),
    ("opendir", opendir),
    ("dirRead", dir_read),
    ("dirClose", dir_close),
];

type Completion = Result<Value, Error>;

/// The directories that a runtime has open.
#[derive(Default)]
struct OpenDirectories {
    last_id: Cell<u32>,
    by_id: RefCell<FxHashMap<u32, Arc<Mutex<OpenDirectory>>>>,
}

/// `mkdir(path, mode, recursive[, callback])`: with `recursive` the first directory made, if any.
fn mkdir(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, mode) = (path(ctx, args, 0)?, bits(ctx, args, 1)?);
    if !flag(args, 2) {
        return run_unit(ctx, args, move || directory::mkdir(&path, mode));
    }
    run(
        ctx,
        args,
        move || directory::mkdir_recursive(&path, mode),
        |ctx, first| match first {
            Some(first) => name_value(ctx, first.as_os_str(), false),
            None => Ok(Value::undefined()),
        },
    )
}

/// `mkdtemp(template, as bytes[, callback])`: the path made.
fn mkdtemp(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (template, as_bytes) = (path(ctx, args, 0)?, flag(args, 1));
    run(
        ctx,
        args,
        move || directory::mkdtemp(&template),
        move |ctx, made| name_value(ctx, made.as_os_str(), as_bytes),
    )
}

/// `rmdir(path[, callback])`.
fn rmdir(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    run_unit(ctx, args, move || directory::rmdir(&path))
}

/// `rm(path, force, recursive, retries, delay in ms[, callback])`.
fn rm(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    let options = RemoveOptions {
        force: flag(args, 1),
        recursive: flag(args, 2),
        max_retries: bits(ctx, args, 3)?,
        retry_delay_ms: bits(ctx, args, 4)?,
    };
    run_unit(ctx, args, move || remove(&path, options))
}

/// `readdir(path, as bytes, with types, recursive[, callback])`: names, or names, types and directories in turn.
fn readdir(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    let (as_bytes, with_types, recursive) = (flag(args, 1), flag(args, 2), flag(args, 3));
    run(
        ctx,
        args,
        move || directory::read_dir(&path, recursive),
        move |ctx, entries| {
            let values = if with_types {
                typed(ctx, &entries, as_bytes)?
            } else {
                untyped(ctx, &entries, as_bytes)?
            };
            Ok(Array::from_values(ctx, &values).into())
        },
    )
}

fn untyped(ctx: &mut Context, entries: &[Entry], as_bytes: bool) -> Result<Vec<Value>, Error> {
    entries
        .iter()
        .map(|entry| name_value(ctx, &directory::relative_path(entry), as_bytes))
        .collect()
}

fn typed(ctx: &mut Context, entries: &[Entry], as_bytes: bool) -> Result<Vec<Value>, Error> {
    let mut values = Vec::with_capacity(entries.len() * 3);
    for entry in entries {
        values.push(name_value(ctx, &entry.name, as_bytes)?);
        values.push(Value::from(entry.kind));
        values.push(name_value(ctx, entry.directory.as_os_str(), as_bytes)?);
    }
    Ok(values)
}

/// `opendir(path[, callback])`: the number of the open directory.
fn opendir(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    run(
        ctx,
        args,
        move || OpenDirectory::open(&path),
        |ctx, opened| {
            let open = RuntimeCore::of(ctx)?.state::<OpenDirectories>();
            let id = open.last_id.get().wrapping_add(1);
            open.last_id.set(id);
            open.by_id
                .borrow_mut()
                .insert(id, Arc::new(Mutex::new(opened)));
            Ok(Value::from(id))
        },
    )
}

/// `dirRead(number, as bytes, count[, callback])`: names and types in turn; nothing at the end.
fn dir_read(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let id = args.at(0).to_u32(ctx)?;
    let (as_bytes, max) = (flag(args, 1), size(args, 2));
    let found = RuntimeCore::of(ctx)?
        .state::<OpenDirectories>()
        .by_id
        .borrow()
        .get(&id)
        .cloned();
    let work = move || match found {
        Some(directory) => directory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .read(max),
        None => Err(SystemError::from_code("EBADF", "readdir")),
    };
    run(ctx, args, work, move |ctx, batch: Vec<(OsString, u8)>| {
        let mut values = Vec::with_capacity(batch.len() * 2);
        for (name, kind) in &batch {
            values.push(name_value(ctx, name, as_bytes)?);
            values.push(Value::from(*kind));
        }
        Ok(Array::from_values(ctx, &values).into())
    })
}

/// `dirClose(number[, callback])`.
fn dir_close(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let id = args.at(0).to_u32(ctx)?;
    let closed = RuntimeCore::of(ctx)?
        .state::<OpenDirectories>()
        .by_id
        .borrow_mut()
        .remove(&id);
    run_unit(ctx, args, move || {
        drop(closed);
        Ok(())
    })
}
