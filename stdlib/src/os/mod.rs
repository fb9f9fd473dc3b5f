//! `os`: facts about the machine and its operating system.
//!
//! Binding functions, all called by `os`: `hostname`, `cpus`, `memory` (`[total, free]` in bytes), `interfaces`, `userInfo`,
//! `uptime` (seconds), `loadavg`, `uname` (`[sysname, release, version, machine]`), `getPriority(pid)`,
//! `setPriority(pid, priority)`, `parallelism`.

pub(crate) mod cgroup;
pub(crate) mod facts;

use ouro_engine::{Arguments, Array, Context, Error, NativeFn, Object, Value};

use crate::internal::node_error::node_error;
use crate::internal::system_error::SystemError;

/// Makes the binding `os`.
///
/// # Errors
/// Where an object can't be made.
pub fn binding(ctx: &mut Context) -> Result<Object, Error> {
    let object = Object::new(ctx);
    for (name, length, function) in [
        ("hostname", 0, hostname as NativeFn),
        ("cpus", 0, cpus),
        ("memory", 0, memory),
        ("interfaces", 0, interfaces),
        ("userInfo", 0, user_info),
        ("uptime", 0, uptime),
        ("loadavg", 0, load_average),
        ("uname", 0, uname),
        ("getPriority", 1, get_priority),
        ("setPriority", 2, set_priority),
        ("parallelism", 0, parallelism),
    ] {
        object.set_function(ctx, name, length, function)?;
    }
    Ok(object)
}

fn hostname(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(facts::uname()[4].as_str().into())
}

fn cpus(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let list = Array::new(ctx);
    for cpu in facts::cpus() {
        let object = Object::new(ctx);
        object.set(ctx, "model", cpu.model.as_str())?;
        object.set(ctx, "speed", cpu.speed_mhz)?;
        let times = Object::new(ctx);
        for (name, value) in ["user", "nice", "sys", "idle", "irq"]
            .iter()
            .zip(cpu.times_ms)
        {
            times.set(ctx, *name, value as f64)?;
        }
        object.set(ctx, "times", Value::from(&times))?;
        list.push(ctx, Value::from(object))?;
    }
    Ok(list.into())
}

fn memory(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Array::from_iter(ctx, facts::memory_bytes().map(|n| n as f64)).into())
}

fn interfaces(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let result = Object::new(ctx);
    for (name, addresses) in facts::interfaces() {
        let list = Array::new(ctx);
        for address in addresses {
            let object = Object::new(ctx);
            object.set(ctx, "address", address.address.as_str())?;
            object.set(ctx, "netmask", address.netmask.as_str())?;
            object.set(ctx, "family", if address.is_v6 { "IPv6" } else { "IPv4" })?;
            object.set(ctx, "mac", address.mac.as_str())?;
            object.set(ctx, "internal", address.internal)?;
            object.set(
                ctx,
                "cidr",
                format!("{}/{}", address.address, address.prefix),
            )?;
            if address.is_v6 {
                object.set(ctx, "scopeid", address.scope_id)?;
            }
            list.push(ctx, Value::from(object))?;
        }
        result.set(ctx, name.as_str(), Value::from(list))?;
    }
    Ok(result.into())
}

fn user_info(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let Some(user) = facts::user() else {
        let info = SystemError::from_code("ENOENT", "uv_os_get_passwd")
            .into_error(ctx)
            .into_value(ctx);
        return Err(node_error(ctx, "ERR_SYSTEM_ERROR", &[info]));
    };
    let object = Object::new(ctx);
    object.set(ctx, "uid", user.uid)?;
    object.set(ctx, "gid", user.gid)?;
    object.set(ctx, "username", user.name.as_str())?;
    object.set(ctx, "homedir", user.home.as_str())?;
    object.set(ctx, "shell", user.shell.as_str())?;
    Ok(object.into())
}

fn uptime(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(facts::uptime_s().into())
}

fn load_average(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(Array::from_iter(ctx, facts::load_average()).into())
}

fn uname(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let names = facts::uname();
    Ok(Array::from_iter(ctx, names.iter().take(4).map(String::as_str)).into())
}

fn get_priority(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let pid = args.at(0).to_i32(ctx)?;
    match facts::priority(pid) {
        Ok(priority) => Ok(priority.into()),
        Err(error) => Err(priority_error(ctx, &error, "uv_os_getpriority")),
    }
}

fn set_priority(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    let (pid, priority) = (args.at(0).to_i32(ctx)?, args.at(1).to_i32(ctx)?);
    match facts::set_priority(pid, priority) {
        Ok(()) => Ok(Value::undefined()),
        Err(error) => Err(priority_error(ctx, &error, "uv_os_setpriority")),
    }
}

/// `ERR_SYSTEM_ERROR` with the call's own facts.
fn priority_error(ctx: &mut Context, error: &std::io::Error, syscall: &'static str) -> Error {
    let plain = SystemError::from_io(error, syscall);
    let info = Object::new(ctx);
    let fields = [
        ("errno", Value::from(plain.errno)),
        ("code", Value::from(plain.code)),
        ("message", Value::from(plain.text())),
        ("syscall", Value::from(syscall)),
    ];
    for (name, value) in fields {
        // A fresh object takes any property.
        let _ = info.set(ctx, name, value);
    }
    node_error(ctx, "ERR_SYSTEM_ERROR", &[info.into()])
}

fn parallelism(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let n = std::thread::available_parallelism().map_or(1, usize::from);
    Ok((n as f64).into())
}
