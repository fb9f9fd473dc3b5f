//! `stat` and its relatives: a list of fields in the order of the `Stats` constructor.

use ouro_engine::{Array, BigInt, Context, Error, Value};

use super::arguments::{fd, flag, path};
use super::{Functions, run};
use crate::fs::stat::{self, FileStat, Links};

pub(super) const FUNCTIONS: Functions = &[
    ("stat", stat),
    ("lstat", lstat),
    ("fstat", fstat),
    ("statfs", statfs),
];

type Completion = Result<Value, Error>;

/// `stat(path, bigint, throw if missing[, callback])`: the fields, or `undefined`.
fn stat(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    at_path(ctx, args, Links::Follow)
}

/// `lstat(path, bigint, throw if missing[, callback])`: the fields, or `undefined`.
fn lstat(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    at_path(ctx, args, Links::Keep)
}

fn at_path(ctx: &mut Context, args: &[Value], links: Links) -> Completion {
    let path = path(ctx, args, 0)?;
    let (is_bigint, must_exist) = (flag(args, 1), flag(args, 2));
    let work = move || match stat::at_path(&path, links) {
        Err(error) if !must_exist && matches!(error.code, "ENOENT" | "ENOTDIR") => Ok(None),
        other => other.map(Some),
    };
    run(ctx, args, work, move |ctx, stat| {
        Ok(stat.map_or(Value::undefined(), |stat| fields(ctx, &stat, is_bigint)))
    })
}

/// `fstat(fd, bigint[, callback])`: the fields.
fn fstat(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let (fd, is_bigint) = (fd(args, 0), flag(args, 1));
    run(
        ctx,
        args,
        move || stat::of_descriptor(fd),
        move |ctx, stat| Ok(fields(ctx, &stat, is_bigint)),
    )
}

/// `statfs(path, bigint[, callback])`: the fields in the order of `StatFs`.
fn statfs(ctx: &mut Context, _this: &Value, args: &[Value]) -> Completion {
    let path = path(ctx, args, 0)?;
    let is_bigint = flag(args, 1);
    run(
        ctx,
        args,
        move || stat::file_system(&path),
        move |ctx, numbers| Ok(list(ctx, &numbers, is_bigint).into()),
    )
}

fn list(ctx: &mut Context, numbers: &[u64], is_bigint: bool) -> Array {
    let values: Vec<Value> = numbers
        .iter()
        .map(|number| number_value(*number, is_bigint))
        .collect();
    Array::from_values(ctx, &values)
}

fn number_value(number: u64, is_bigint: bool) -> Value {
    if is_bigint {
        BigInt::from(number).into()
    } else {
        Value::from(number as f64)
    }
}

fn fields(ctx: &mut Context, stat: &FileStat, is_bigint: bool) -> Value {
    let numbers = stat
        .numbers
        .iter()
        .map(|number| number_value(*number, is_bigint));
    let times = stat.times.iter().map(|time| {
        if is_bigint {
            Value::from(BigInt::from(time.as_ns()))
        } else {
            Value::from(time.as_ms())
        }
    });
    let values: Vec<Value> = numbers.chain(times).collect();
    Array::from_values(ctx, &values).into()
}
