//! Node's core library: JavaScript that holds what users observe, over Rust that holds bytes, calls and hot paths.
//!
//! One folder a module, its binding beside its JavaScript. [`install`] gives a runtime's context the `process` object,
//! the globals and the module system; after it nothing but the bootstrap file has been parsed. A module costs nothing
//! until it is required.
//!
//! Where to look: `internal/loader.rs` (core files and bindings), `bindings.rs` (the table of native objects),
//! `internal/bootstrap/node.js` (globals), `module/` (CommonJS and ES modules), `process/` (the process object),
//! `uncaught.rs` (what happens to errors nobody caught).
#![deny(missing_docs, unsafe_code)]

mod async_hooks;
mod bindings;
pub mod buffer;
mod child_process;
mod crypto;
mod dgram;
mod dns;
mod encoding;
#[cfg(unix)]
mod fs;
mod http;
pub mod internal;
mod module;
mod net;
mod options;
mod os;
mod path;
mod perf_hooks;
mod process;
mod querystring;
pub mod run;
mod stdio;
mod string_decoder;
mod sys;
mod timers;
mod tls;
mod tty;
mod uncaught;
mod url;
pub mod util;
mod v8;
mod vm;
mod zlib;

use std::rc::Rc;

use ouro_engine::{Attributes, Context, Error, Function, Value};
use ouro_runtime::RuntimeCore;

pub use options::{InputType, NodeOptions, UnhandledRejections};
pub use process::ProcessState;

use internal::loader::CoreLoader;

/// `process.version`: the Node version whose behaviour this library follows.
pub const VERSION: &str = "v24.11.0";

/// This program's own version.
pub const OURO_VERSION: &str = env!("CARGO_PKG_VERSION");

/// `process.versions`.
pub const VERSIONS: &[(&str, &str)] = &[
    ("node", "24.11.0"),
    ("ouro", OURO_VERSION),
    ("boa", "0.22.0"),
    ("v8", "13.6.233.10-node.28"),
    ("uv", "1.51.0"),
    ("modules", "137"),
    ("napi", "10"),
];

/// Gives a context Node's globals, `process`, and module system.
///
/// The context must belong to a runtime (it must have its [`RuntimeCore`]). Runs the bootstrap file and nothing else.
///
/// # Errors
/// What the bootstrap throws, which is a defect of this library.
pub fn install(ctx: &mut Context, options: NodeOptions) -> Result<(), Error> {
    let core = RuntimeCore::of(ctx)?;
    let timeline = core.state::<perf_hooks::Timeline>();
    core.state::<ProcessState>().set_options(options.clone());
    let hooks = Rc::new(uncaught::NodeHooks::default());
    core.set_hooks(hooks.clone());
    ctx.set_hooks(Rc::new(uncaught::EngineHooks {
        hooks,
        clock: core.event_loop().clock(),
    }));
    if options.exit_process {
        sys::ignore_file_size_signal();
    }
    let process = process::create_process(ctx)?;
    let loader = CoreLoader::install(ctx, process);
    module::install(ctx, &options)?;
    timeline.mark_environment();
    loader.require(ctx, "internal/bootstrap/node")?;
    let formatter = Function::from_native(ctx, "ErrorPrepareStackTrace", 2, prepare_stack_trace);
    ctx.set_default_stack_formatter(&formatter)?;
    if let Some(limit) = options.stack_trace_limit {
        let errors = ctx.global().get(ctx, "Error")?.to_object(ctx)?;
        errors.set(ctx, "stackTraceLimit", limit)?;
    }
    let strings = options.flags.get("disallow-code-generation-from-strings");
    if strings.is_some_and(|value| value != "false") {
        let realm = ctx.realm();
        ctx.allow_strings_as_code_in(&realm, false)?;
    }
    timeline.mark_bootstrap_complete();
    if options.expose_gc {
        define_gc(ctx)?;
    }
    if options.exit_process && std::env::var_os("NODE_CHANNEL_FD").is_some() {
        internal::loader::call_core(ctx, "internal/child_process/channel", "setupChild", &[])?;
    }
    Ok(())
}

/// What `Error.prepareStackTrace` is at first.
fn prepare_stack_trace(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    internal::loader::call_core(ctx, "internal/errors/stack", "prepareStackTrace", args)
}

/// Gives the current realm the global `gc()` of `--expose-gc`.
pub(crate) fn define_gc(ctx: &mut Context) -> Result<(), Error> {
    let gc = Function::from_native(ctx, "gc", 0, collect_garbage);
    let attributes = Attributes::WRITABLE | Attributes::ENUMERABLE;
    ctx.global().define(ctx, "gc", &gc, attributes)
}

/// The global `gc()`; `internal/v8/collections` knows its options.
fn collect_garbage(ctx: &mut Context, _this: &Value, args: &[Value]) -> Result<Value, Error> {
    if args.is_empty() {
        ctx.gc();
        return Ok(Value::undefined());
    }
    internal::loader::call_core(ctx, "internal/v8/collections", "gc", args)
}
