//! The binding functions of `process` that report what the process uses.

use ouro_engine::{Array, Context, Error, NativeFn, Object, Value};
use ouro_runtime::RuntimeCore;

use crate::os::cgroup;
use crate::sys;

/// Adds the functions of this file to the binding.
///
/// # Errors
/// Where a property can't be defined.
pub fn define(ctx: &mut Context, object: &Object) -> Result<(), Error> {
    for (name, function) in [
        ("memoryUsage", memory_usage as NativeFn),
        ("rss", rss),
        ("cpuUsage", cpu_usage),
        ("threadCpuUsage", thread_cpu_usage),
        ("resourceUsage", resource_usage),
        ("constrainedMemory", constrained_memory),
        ("availableMemory", available_memory),
        ("activeResources", active_resources),
    ] {
        object.set_function(ctx, name, 0, function)?;
    }
    Ok(())
}

fn record(ctx: &mut Context, fields: &[(&str, f64)]) -> Result<Value, Error> {
    let object = Object::new(ctx);
    for (name, value) in fields {
        object.set(ctx, *name, *value)?;
    }
    Ok(object.into())
}

/// Resident memory in bytes.
fn resident_bytes() -> f64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|n| n.parse::<f64>().ok());
    match pages {
        Some(pages) => pages * 4096.0,
        None => sys::resource_usage(false).max_rss_kib as f64 * 1024.0,
    }
}

fn memory_usage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let rss = resident_bytes();
    let usage = ctx.heap_usage();
    // As V8 has it: what belongs to objects but lies outside of the heap is no part of the heap.
    let [mut total, mut used] = [usage.total_bytes, usage.used_bytes]
        .map(|bytes| bytes.saturating_sub(usage.external_bytes) as f64);
    if usage.total_bytes == 0 {
        // NON-SPEC: an engine that does not know takes all and uses half of it.
        (total, used) = (rss, rss / 2.0);
    }
    record(
        ctx,
        &[
            ("rss", rss),
            ("heapTotal", total),
            ("heapUsed", used),
            ("external", usage.external_bytes as f64),
            ("arrayBuffers", usage.buffer_bytes as f64),
        ],
    )
}

fn rss(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(resident_bytes().into())
}

fn usage(ctx: &mut Context, thread: bool) -> Result<Value, Error> {
    let usage = sys::resource_usage(thread);
    record(
        ctx,
        &[
            ("user", usage.user_us as f64),
            ("system", usage.system_us as f64),
        ],
    )
}

fn cpu_usage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    usage(ctx, false)
}

fn thread_cpu_usage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    usage(ctx, true)
}

fn resource_usage(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let usage = sys::resource_usage(false);
    record(
        ctx,
        &[
            ("userCPUTime", usage.user_us as f64),
            ("systemCPUTime", usage.system_us as f64),
            ("maxRSS", usage.max_rss_kib as f64),
            ("sharedMemorySize", 0.0),
            ("unsharedDataSize", 0.0),
            ("unsharedStackSize", 0.0),
            ("minorPageFault", usage.faults[0] as f64),
            ("majorPageFault", usage.faults[1] as f64),
            ("swappedOut", 0.0),
            ("fsRead", usage.blocks[0] as f64),
            ("fsWrite", usage.blocks[1] as f64),
            ("ipcSent", 0.0),
            ("ipcReceived", 0.0),
            ("signalsCount", 0.0),
            ("voluntaryContextSwitches", usage.switches[0] as f64),
            ("involuntaryContextSwitches", usage.switches[1] as f64),
        ],
    )
}

/// The limit of the control group, or zero where there is none.
fn constrained_memory(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    Ok(cgroup::memory()
        .map_or(0.0, |group| group.limit as f64)
        .into())
}

/// What is left of the machine's memory and of the control group's.
fn available_memory(_ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let free = sys::available_memory();
    let left = match cgroup::memory() {
        Some(group) => free.min(group.limit.saturating_sub(group.used)),
        None => free,
    };
    Ok((left as f64).into())
}

fn active_resources(ctx: &mut Context, _this: &Value, _args: &[Value]) -> Result<Value, Error> {
    let names = RuntimeCore::of(ctx)?.active_resources();
    Ok(Array::from_iter(ctx, names).into())
}
