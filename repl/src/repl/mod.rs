//! The interactive prompt: a line editor on a thread of its own, JavaScript and the loop on this one.
//!
//! The session itself (what a line means, dot commands, completion) is the core module `repl`. At a terminal its lines
//! come from `rustyline` (`editor.rs`): the editor waits for a prompt, reads a line, posts it to the loop, and waits for the
//! next prompt, so timers and sockets go on while the user types. Without a terminal the lines come from stdin as from
//! any stream.

mod editor;

use std::io::IsTerminal as _;
use std::sync::mpsc;

use ouro_engine::{Context, Error, Function, Object, Value};
use ouro_runtime::Runtime;
use ouro_stdlib::{NodeOptions, run};

use editor::Request;

/// Runs the prompt until the user leaves it; gives the exit code.
pub fn start(runtime: &mut Runtime, _options: &NodeOptions) -> i32 {
    println!(
        "Welcome to Ouro v{} (Node.js {} API).",
        env!("CARGO_PKG_VERSION"),
        ouro_stdlib::VERSION
    );
    println!("Type \".help\" for more information.");
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return run::run_to_end(runtime, |ctx| server(ctx, None).map(|_| ()));
    }
    let (requests, inbox) = mpsc::channel();
    let core = runtime.core().clone();
    let sender = core.event_loop().sender();
    let id = core.id();
    run::run_to_end(runtime, move |ctx| {
        let prompts = requests.clone();
        let on_prompt = Function::from_closure(ctx, "onPrompt", 1, move |_, _, args| {
            let request = match args.first().and_then(Value::as_string) {
                Some(text) => Request::Prompt(text.to_string_lossy()),
                None => Request::Close,
            };
            // The editor is gone only after the prompt was closed.
            let _ = prompts.send(request);
            Ok(Value::undefined())
        });
        let server = server(ctx, Some(on_prompt))?;
        ctx.set_host(std::rc::Rc::new(Session(server)));
        editor::spawn(inbox, sender, id)
            .map_err(|error| Error::error(format!("no line editor: {error}")))
    })
}

/// The `REPLServer` of the prompt, kept with the context for the editor's posts.
struct Session(Object);

/// Starts a session over the global object.
fn server(ctx: &mut Context, on_prompt: Option<Function>) -> Result<Object, Error> {
    let repl = run::require(ctx, "repl")?.to_object(ctx)?;
    let options = Object::new(ctx);
    options.set(ctx, "useGlobal", true)?;
    if let Some(on_prompt) = on_prompt {
        let native = Object::new(ctx);
        native.set(ctx, "onPrompt", Value::from(&on_prompt))?;
        options.set(ctx, "native", Value::from(&native))?;
        options.set(ctx, "terminal", true)?;
    }
    let server = repl
        .invoke(ctx, "start", &[Value::from(options)])?
        .to_object(ctx)?;
    let exit = Function::from_native(ctx, "", 0, |ctx, _, _| run::exit(ctx));
    server.invoke(ctx, "on", &[Value::from("exit"), Value::from(&exit)])?;
    Ok(server)
}

/// Calls a method of the running session.
fn call_session(ctx: &mut Context, method: &'static str, args: &[Value]) -> Result<Value, Error> {
    match ctx.host::<Session>() {
        Some(session) => session.0.clone().invoke(ctx, method, args),
        None => Ok(Value::undefined()),
    }
}

/// What Tab offers for a line: the names, and how much of the line they replace, in bytes.
fn complete(ctx: &mut Context, line: &str) -> Result<(Vec<String>, usize), Error> {
    let found = std::rc::Rc::new(std::cell::RefCell::new((Vec::new(), 0)));
    let slot = found.clone();
    let callback = Function::from_closure(ctx, "", 2, move |ctx, _, args| {
        let Some(pair) = args.get(1).and_then(Value::as_array) else {
            return Ok(Value::undefined());
        };
        let pair = pair.to_vec(ctx)?;
        let names = match pair.first().and_then(Value::as_array) {
            Some(names) => names.to_vec(ctx)?,
            None => Vec::new(),
        };
        let names = names
            .iter()
            .filter_map(Value::as_string)
            .map(|name| name.to_string_lossy())
            .collect();
        let replaced = pair
            .get(1)
            .and_then(Value::as_string)
            .map_or(0, |text| text.to_string_lossy().len());
        *slot.borrow_mut() = (names, replaced);
        Ok(Value::undefined())
    });
    call_session(
        ctx,
        "complete",
        &[Value::from(line), Value::from(&callback)],
    )?;
    Ok(found.take())
}
