//! What to start, read from the object that the JavaScript made.

use std::ffi::OsString;

use ouro_engine::{Context, Error, Object, Value};
use ouro_runtime::handle::{ChildStdio, SpawnOptions};

use crate::net::NetHandle;

const EINVAL: i32 = -22;
const EBADF: i32 = -9;

/// Reads the options; the inner error is a negative errno.
///
/// # Errors
/// What reading the object throws.
pub fn read(ctx: &mut Context, from: &Object) -> Result<Result<SpawnOptions, i32>, Error> {
    let mut args = strings(ctx, from, "args")?.unwrap_or_default().into_iter();
    let file = from.get(ctx, "file")?.to_rust_string(ctx)?;
    let stdio = match stdio(ctx, from)? {
        Ok(stdio) => stdio,
        Err(errno) => return Ok(Err(errno)),
    };
    let cwd = from.get(ctx, "cwd")?;
    let options = SpawnOptions {
        program: file.into(),
        argv0: args.next().map(OsString::from),
        args: args.map(OsString::from).collect(),
        env: strings(ctx, from, "env")?
            .map(|list| list.iter().map(|pair| split_pair(pair)).collect()),
        cwd: if cwd.is_nullish() {
            None
        } else {
            Some(cwd.to_rust_string(ctx)?.into())
        },
        stdio,
        detached: from.get(ctx, "detached")?.to_boolean(),
        uid: from.get(ctx, "uid")?.as_number().map(|id| id as u32),
        gid: from.get(ctx, "gid")?.as_number().map(|id| id as u32),
    };
    let program = options.program.to_string_lossy();
    Ok(if program.contains('\0') {
        Err(EINVAL)
    } else {
        Ok(options)
    })
}

fn split_pair(pair: &str) -> (OsString, OsString) {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    (name.into(), value.into())
}

/// An array property as strings; `None` where there is none.
fn strings(ctx: &mut Context, from: &Object, name: &str) -> Result<Option<Vec<String>>, Error> {
    let Some(list) = from.get(ctx, name)?.as_array() else {
        return Ok(None);
    };
    let values = list.to_vec(ctx)?;
    values
        .iter()
        .map(|value| value.to_rust_string(ctx))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn stdio(ctx: &mut Context, from: &Object) -> Result<Result<Vec<ChildStdio>, i32>, Error> {
    let entries = match from.get(ctx, "stdio")?.as_array() {
        Some(list) => list.to_vec(ctx)?,
        None => Vec::new(),
    };
    let mut configs = Vec::with_capacity(entries.len());
    for entry in &entries {
        match config(entry) {
            Ok(config) => configs.push(config),
            Err(errno) => return Ok(Err(errno)),
        }
    }
    Ok(Ok(configs))
}

fn config(entry: &Value) -> Result<ChildStdio, i32> {
    if let Some(fd) = entry.as_number() {
        return Ok(ChildStdio::Inherit(fd as i32));
    }
    if let Some(name) = entry.as_string() {
        return Ok(if name == "pipe" {
            ChildStdio::Pipe
        } else {
            ChildStdio::Ignore
        });
    }
    let handle = NetHandle::of(entry).map_err(|_| EINVAL)?;
    handle.id().map(ChildStdio::Handle).ok_or(EBADF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_may_hold_equals_signs_or_nothing() {
        assert_eq!(split_pair("A=b=c"), ("A".into(), "b=c".into()));
        assert_eq!(split_pair("A"), ("A".into(), "".into()));
    }
}
