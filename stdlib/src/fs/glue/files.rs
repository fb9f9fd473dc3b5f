//! Files by name and by descriptor: everything but their bytes and what is known about them.

use ouro_engine::{Context, Error, Value};

use super::arguments::{bits, fd, flag, name_value, number, path, size};
use super::{Functions, run, run_unit};
use crate::fs::stat::Links;
use crate::fs::{attributes, copy, descriptor, names};

pub(super) const FUNCTIONS: Functions = &[
    ("access", access),
    ("exists", exists),
    ("open", open),
    ("close", close),
    ("fsync", fsync),
    ("fdatasync", fdatasync),
    ("ftruncate", ftruncate),
    ("truncate", truncate),
    ("rename", rename),
    ("unlink", unlink),
    ("link", link),
    ("symlink", symlink),
    ("readlink", readlink),
    ("realpath", realpath),
    ("realpathByLink", realpath_by_link),
    ("copyFile", copy_file),
    ("chmod", chmod),
    ("fchmod", fchmod),
    ("chown", chown),
    ("lchown", lchown),
    ("fchown", fchown),
    ("utimes", utimes),
    ("lutimes", lutimes),
    ("futimes", futimes),
];

type Completion = Result<Value, Error>;

/// `access(path, mode[, callback])`.
fn access(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, mode) = (path(ctx, args, 0)?, bits(ctx, args, 1)?);
    run_unit(ctx, args, move || names::access(&path, mode))
}

/// `exists(path)`: whether the path is there.
fn exists(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    Ok(names::access(&path, 0).is_ok().into())
}

/// `open(path, flags, mode[, callback])`: the descriptor.
fn open(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, flags, mode) = (
        path(ctx, args, 0)?,
        bits(ctx, args, 1)?,
        bits(ctx, args, 2)?,
    );
    run(
        ctx,
        args,
        move || descriptor::open(&path, flags as i32, mode),
        |_, fd| Ok(Value::from(fd)),
    )
}

/// `close(fd[, callback])`.
fn close(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let fd = fd(args, 0);
    run_unit(ctx, args, move || descriptor::close(fd))
}

/// `fsync(fd[, callback])`.
fn fsync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let fd = fd(args, 0);
    run_unit(ctx, args, move || descriptor::fsync(fd))
}

/// `fdatasync(fd[, callback])`.
fn fdatasync(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let fd = fd(args, 0);
    run_unit(ctx, args, move || descriptor::fdatasync(fd))
}

/// `ftruncate(fd, length[, callback])`.
fn ftruncate(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, len) = (fd(args, 0), size(args, 1) as u64);
    run_unit(ctx, args, move || descriptor::ftruncate(fd, len))
}

/// `truncate(path, length[, callback])`.
fn truncate(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, len) = (path(ctx, args, 0)?, size(args, 1) as u64);
    run_unit(ctx, args, move || descriptor::truncate(&path, len))
}

/// `rename(from, to[, callback])`.
fn rename(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (from, to) = (path(ctx, args, 0)?, path(ctx, args, 1)?);
    run_unit(ctx, args, move || names::rename(&from, &to))
}

/// `unlink(path[, callback])`.
fn unlink(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    run_unit(ctx, args, move || names::unlink(&path))
}

/// `link(existing, path[, callback])`.
fn link(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (existing, path) = (path(ctx, args, 0)?, path(ctx, args, 1)?);
    run_unit(ctx, args, move || names::link(&existing, &path))
}

/// `symlink(target, path, type[, callback])`; the type matters on Windows only.
fn symlink(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (target, path) = (path(ctx, args, 0)?, path(ctx, args, 1)?);
    run_unit(ctx, args, move || names::symlink(&target, &path))
}

/// `readlink(path, as bytes[, callback])`: what the link says.
fn readlink(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, as_bytes) = (path(ctx, args, 0)?, flag(args, 1));
    run(
        ctx,
        args,
        move || names::readlink(&path),
        move |ctx, target| name_value(ctx, target.as_os_str(), as_bytes),
    )
}

/// `realpath(path, as bytes[, callback])`: the absolute path.
fn realpath(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, as_bytes) = (path(ctx, args, 0)?, flag(args, 1));
    run(
        ctx,
        args,
        move || names::realpath(&path),
        move |ctx, real| name_value(ctx, real.as_os_str(), as_bytes),
    )
}

/// `realpathByLink(path, as bytes[, callback])`: the absolute path.
fn realpath_by_link(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, as_bytes) = (path(ctx, args, 0)?, flag(args, 1));
    run(
        ctx,
        args,
        move || names::realpath_by_link(&path),
        move |ctx, real| name_value(ctx, real.as_os_str(), as_bytes),
    )
}

/// `copyFile(from, to, mode[, callback])`.
fn copy_file(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (from, to, mode) = (
        path(ctx, args, 0)?,
        path(ctx, args, 1)?,
        bits(ctx, args, 2)?,
    );
    run_unit(ctx, args, move || copy::copy_file(&from, &to, mode))
}

/// `chmod(path, mode[, callback])`.
fn chmod(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, mode) = (path(ctx, args, 0)?, bits(ctx, args, 1)?);
    run_unit(ctx, args, move || attributes::chmod(&path, mode))
}

/// `fchmod(fd, mode[, callback])`.
fn fchmod(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, mode) = (fd(args, 0), bits(ctx, args, 1)?);
    run_unit(ctx, args, move || attributes::fchmod(fd, mode))
}

/// `chown(path, uid, gid[, callback])`.
fn chown(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, uid, gid) = (
        path(ctx, args, 0)?,
        owner(ctx, args, 1)?,
        owner(ctx, args, 2)?,
    );
    run_unit(ctx, args, move || {
        attributes::chown(&path, uid, gid, Links::Follow)
    })
}

/// `lchown(path, uid, gid[, callback])`.
fn lchown(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, uid, gid) = (
        path(ctx, args, 0)?,
        owner(ctx, args, 1)?,
        owner(ctx, args, 2)?,
    );
    run_unit(ctx, args, move || {
        attributes::chown(&path, uid, gid, Links::Keep)
    })
}

/// `fchown(fd, uid, gid[, callback])`.
fn fchown(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, uid, gid) = (fd(args, 0), owner(ctx, args, 1)?, owner(ctx, args, 2)?);
    run_unit(ctx, args, move || attributes::fchown(fd, uid, gid))
}

// -1, as a 32-bit number all ones, leaves the owner as it is.
fn owner(ctx: &mut Context, args: &[Value], index: usize) -> Result<Option<u32>, Error> {
    Ok(Some(bits(ctx, args, index)?).filter(|id| *id != u32::MAX))
}

/// `utimes(path, atime, mtime[, callback])`, in seconds.
fn utimes(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, atime, mtime) = (
        path(ctx, args, 0)?,
        number(ctx, args, 1)?,
        number(ctx, args, 2)?,
    );
    run_unit(ctx, args, move || {
        attributes::utimes(&path, atime, mtime, Links::Follow)
    })
}

/// `lutimes(path, atime, mtime[, callback])`, in seconds.
fn lutimes(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (path, atime, mtime) = (
        path(ctx, args, 0)?,
        number(ctx, args, 1)?,
        number(ctx, args, 2)?,
    );
    run_unit(ctx, args, move || {
        attributes::utimes(&path, atime, mtime, Links::Keep)
    })
}

/// `futimes(fd, atime, mtime[, callback])`, in seconds.
fn futimes(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, atime, mtime) = (fd(args, 0), number(ctx, args, 1)?, number(ctx, args, 2)?);
    run_unit(ctx, args, move || attributes::futimes(fd, atime, mtime))
}
