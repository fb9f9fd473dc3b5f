//! test262, the language's own suite, on the engine facade.
//!
//! Each test runs in a fresh context on a thread with a large stack, once in sloppy and once in strict mode unless its
//! front matter says otherwise. A test that panics fails; one that hangs is given up, and its thread with it.
//! The front matter is described in the suite's INTERPRETING.md.

mod agent;

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ouro_engine::{
    Arguments, Context, Error, Function, Module, ModuleHost, Object, PromiseState, Referrer, Value,
};

use crate::expectations::Verdict;

/// How long one mode of one test may take.
const LIMIT: Duration = Duration::from_secs(20);

/// Stack of a test's thread: deep recursion is among what is tested.
const STACK_BYTES: usize = 2 << 30;

/// What a test's front matter says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Harness files besides the two that every test gets.
    pub includes: Vec<String>,
    /// `onlyStrict`, `noStrict`, `module`, `raw`, `async`, …
    pub flags: Vec<String>,
    /// The phase and class of the error that must occur.
    pub negative: Option<(String, String)>,
}

impl FrontMatter {
    /// Reads the comment between `/*---` and `---*/`.
    pub fn parse(source: &str) -> Self {
        let mut matter = Self::default();
        let Some(start) = source.find("/*---") else {
            return matter;
        };
        let Some(length) = source[start..].find("---*/") else {
            return matter;
        };
        let (mut phase, mut class, mut list) = (None, None, "");
        // A test about line ends has none but carriage returns.
        for line in source[start..start + length].split(['\n', '\r']) {
            let text = line.trim();
            if let Some(item) = text.strip_prefix("- ") {
                match list {
                    "includes" => matter.includes.push(item.trim().to_owned()),
                    "flags" => matter.flags.push(item.trim().to_owned()),
                    _ => {}
                }
            } else if let Some((key, value)) = text.split_once(':') {
                let items = || {
                    value
                        .trim()
                        .trim_matches(['[', ']'])
                        .split(',')
                        .map(|s| s.trim().to_owned())
                        .filter(|s| !s.is_empty())
                };
                match key {
                    "includes" => matter.includes.extend(items()),
                    "flags" => matter.flags.extend(items()),
                    "phase" => phase = Some(value.trim().to_owned()),
                    "type" => class = Some(value.trim().to_owned()),
                    _ => {}
                }
                list = if line.starts_with(' ') && !matches!(key, "includes" | "flags") {
                    list
                } else {
                    key
                };
            }
        }
        matter.negative = phase.zip(class);
        matter
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }
}

/// Folders that are run, and whose failures are recorded, apart from those around them: whole proposals.
pub const APART: &[&str] = &["built-ins/ShadowRealm", "built-ins/Temporal"];

/// The tests below a folder of the suite, as paths below `test/`, sorted. Fixtures are none, nor are the tests of [`APART`]
/// unless `folder` lies in there.
pub fn find(suite: &Path, folder: &str) -> Vec<String> {
    let root = suite.join("test");
    let mut tests = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(&root) {
                let name = relative.to_string_lossy().into_owned();
                let is_test = name.ends_with(".js") && !name.ends_with("_FIXTURE.js");
                if is_test && !is_apart(&name, folder) {
                    tests.push(name);
                }
            }
        }
    }
    tests.sort();
    tests
}

fn is_apart(test: &str, folder: &str) -> bool {
    APART
        .iter()
        .any(|&apart| test.starts_with(apart) && !folder.starts_with(apart))
}

/// Where the committed failures of a folder are. Each backend has its own.
pub fn expectations_file(folder: &str) -> PathBuf {
    let backend = if cfg!(all(feature = "vm", not(feature = "boa"))) {
        "vm-"
    } else {
        ""
    };
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!(
        "expectations/{backend}test262-{}.tsv",
        folder.replace('/', "-")
    ))
}

/// Where the suite lies, and how its tests run.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The suite's folder.
    pub suite: PathBuf,
    /// Garbage is collected at every n-th safepoint of the engine; 0: when the engine likes.
    pub gc_every: u32,
}

/// Runs the tests on a few threads.
pub fn run(setup: &Setup, tests: &[String], n_threads: usize) -> Vec<(String, Verdict)> {
    let results = crate::pool::map(tests, n_threads, |test| run_test(setup, test));
    let lost = || Verdict::Fail("the runner failed".to_owned());
    tests
        .iter()
        .zip(results)
        .map(|(test, verdict)| (test.clone(), verdict.unwrap_or_else(lost)))
        .collect()
}

fn run_test(setup: &Setup, test: &str) -> Verdict {
    let path = setup.suite.join("test").join(test);
    let Ok(source) = fs::read_to_string(&path) else {
        return Verdict::Fail("not UTF-8".into());
    };
    let matter = FrontMatter::parse(&source);
    let both = !["onlyStrict", "noStrict", "module", "raw"]
        .iter()
        .any(|flag| matter.has(flag));
    let modes: &[bool] = if both {
        &[false, true]
    } else if matter.has("onlyStrict") {
        &[true]
    } else {
        &[false]
    };
    for &strict in modes {
        if let Err(reason) = run_mode(setup, &path, &source, &matter, strict) {
            return Verdict::Fail(if strict {
                format!("strict: {reason}")
            } else {
                reason
            });
        }
    }
    Verdict::Pass
}

fn run_mode(
    setup: &Setup,
    path: &Path,
    source: &str,
    matter: &FrontMatter,
    strict: bool,
) -> Result<(), String> {
    let (sender, receiver) = mpsc::channel();
    let (setup, path, matter) = (setup.clone(), path.to_owned(), matter.clone());
    let source = if strict {
        format!("'use strict';\n{source}")
    } else {
        source.to_owned()
    };
    let body = move || {
        let result = execute(&setup, &path, &source, &matter);
        // The receiver is gone only if this run has been given up.
        let _ = sender.send(result);
    };
    let spawned = thread::Builder::new().stack_size(STACK_BYTES).spawn(body);
    spawned.map_err(|error| format!("no thread: {error}"))?;
    match receiver.recv_timeout(LIMIT) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("time limit".into()),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("panic".into()),
    }
}

/// What a test printed, for the asynchronous ones.
type Printed = Rc<RefCell<Vec<String>>>;

fn execute(setup: &Setup, path: &Path, source: &str, matter: &FrontMatter) -> Result<(), String> {
    let loader = Rc::new(FixtureLoader::default());
    let mut ctx = Context::builder()
        .module_host(loader.clone())
        .can_block(!matter.has("CanBlockIsFalse"))
        .build()
        .map_err(|e| e.to_string())?;
    ctx.set_gc_stress(setup.gc_every);
    let printed = Printed::default();
    let agents = agent::Agents::new(setup.gc_every);
    prepare(&mut ctx, &setup.suite, matter, &printed, &agents)
        .map_err(|error| format!("harness: {}", describe(&mut ctx, &error)))?;
    let outcome = evaluate(&mut ctx, &loader, path, source, matter.has("module"));
    agents.run_jobs(&mut ctx, || {
        printed
            .borrow()
            .iter()
            .any(|line| line.starts_with("Test262:Async"))
    });
    let outcome = match outcome {
        Ok(Some(promise)) => match promise.state() {
            PromiseState::Rejected(reason) => Err(Error::from_value(reason)),
            PromiseState::Pending if !matter.has("async") => {
                Err(Error::error("the module did not settle"))
            }
            _ => Ok(()),
        },
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    match (&matter.negative, outcome) {
        (Some((_, class)), Err(error)) => {
            let name = class_of(&mut ctx, &error);
            if name == *class {
                Ok(())
            } else {
                Err(format!(
                    "expected {class}, got {}",
                    describe(&mut ctx, &error)
                ))
            }
        }
        (Some((phase, class)), Ok(())) => Err(format!("expected {class} at {phase}")),
        (None, Err(error)) => Err(describe(&mut ctx, &error)),
        (None, Ok(())) if matter.has("async") => {
            match printed.borrow().last().map(String::as_str) {
                Some("Test262:AsyncTestComplete") => Ok(()),
                Some(other) => Err(other.to_owned()),
                None => Err("the asynchronous test did not finish".into()),
            }
        }
        (None, Ok(())) => Ok(()),
    }
}

fn evaluate(
    ctx: &mut Context,
    loader: &FixtureLoader,
    path: &Path,
    source: &str,
    is_module: bool,
) -> Result<Option<ouro_engine::Promise>, Error> {
    let name = path.display().to_string();
    if !is_module {
        return ctx.eval(source, &name).map(|_| None);
    }
    let module = Module::compile(ctx, source, &name)?;
    loader
        .modules
        .borrow_mut()
        .push((path.to_owned(), module.clone()));
    module.link(ctx)?;
    module.evaluate(ctx).map(Some)
}

fn prepare(
    ctx: &mut Context,
    suite: &Path,
    matter: &FrontMatter,
    printed: &Printed,
    agents: &Rc<agent::Agents>,
) -> Result<(), Error> {
    let host = install_host(ctx, printed)?;
    agents.install(ctx, &host)?;
    if matter.has("raw") {
        return Ok(());
    }
    let mut files = vec!["assert.js", "sta.js"];
    if matter.has("async") {
        files.push("doneprintHandle.js");
    }
    files.extend(matter.includes.iter().map(String::as_str));
    for file in files {
        let text = fs::read_to_string(suite.join("harness").join(file))
            .map_err(|error| Error::error(format!("harness/{file}: {error}")))?;
        ctx.eval(&text, file)?;
    }
    Ok(())
}

/// Gives the current realm its `print` and `$262`; returns the latter.
fn install_host(ctx: &mut Context, printed: &Printed) -> Result<Object, Error> {
    let global = ctx.global();
    let lines = printed.clone();
    let print = Function::from_closure(ctx, "print", 1, move |ctx, _, args| {
        let text = args.at(0).to_rust_string(ctx)?;
        lines.borrow_mut().push(text);
        Ok(Value::undefined())
    });
    global.set(ctx, "print", Value::from(&print))?;
    let host = Object::new(ctx);
    host.set(ctx, "global", Value::from(&global))?;
    host.set_function(ctx, "gc", 0, |ctx, _, _| {
        ctx.gc();
        Ok(Value::undefined())
    })?;
    #[cfg(not(feature = "boa"))]
    {
        let undetectable = Function::undetectable(ctx, "IsHTMLDDA", 0, |_, _, _| Ok(Value::null()));
        host.set(ctx, "IsHTMLDDA", Value::from(&undetectable))?;
    }
    host.set_function(ctx, "evalScript", 1, |ctx, _, args| {
        let text = args.at(0).to_rust_string(ctx)?;
        ctx.eval(&text, "evalScript")
    })?;
    host.set_function(ctx, "detachArrayBuffer", 1, |_, _, args| {
        let buffer = args
            .at(0)
            .as_array_buffer()
            .ok_or_else(|| Error::type_error("not an ArrayBuffer"))?;
        // DetachArrayBuffer of a detached one does nothing.
        if !buffer.is_detached() {
            buffer.detach()?;
        }
        Ok(Value::null())
    })?;
    let lines = printed.clone();
    let create_realm = Function::from_closure(ctx, "createRealm", 0, move |ctx, _, _| {
        let realm = ctx.create_realm()?;
        ctx.in_realm(&realm, |ctx| install_host(ctx, &lines))
            .map(Value::from)
    });
    host.set(ctx, "createRealm", create_realm)?;
    global.set(ctx, "$262", Value::from(&host))?;
    Ok(host)
}

fn class_of(ctx: &mut Context, error: &Error) -> String {
    let value = error.to_value(ctx);
    let constructor = value
        .as_object()
        .and_then(|object| object.get(ctx, "constructor").ok());
    let name = constructor
        .and_then(|c| c.as_object())
        .and_then(|c| c.get(ctx, "name").ok());
    name.and_then(|n| n.as_string())
        .map(|n| n.to_string_lossy())
        .unwrap_or_default()
}

fn describe(ctx: &mut Context, error: &Error) -> String {
    let class = class_of(ctx, error);
    format!("{class}: {}", error.message(ctx))
}

/// Modules beside the test, each loaded once.
#[derive(Default)]
struct FixtureLoader {
    modules: RefCell<Vec<(PathBuf, Module)>>,
}

impl ModuleHost for FixtureLoader {
    fn resolve_import(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> Result<Module, Error> {
        let folder = Path::new(&referrer.name).parent().unwrap_or(Path::new("."));
        let path = folder.join(specifier.strip_prefix("./").unwrap_or(specifier));
        let known = self
            .modules
            .borrow()
            .iter()
            .find(|(known, _)| *known == path)
            .map(|(_, module)| module.clone());
        if let Some(module) = known {
            return Ok(module);
        }
        let text = fs::read_to_string(&path)
            .map_err(|error| Error::type_error(format!("{specifier}: {error}")))?;
        let name = path.display().to_string();
        let is_json = attributes
            .iter()
            .any(|(key, value)| key == "type" && value == "json");
        let module = if is_json {
            Module::json(ctx, &text, &name)?
        } else {
            Module::compile(ctx, &text, &name)?
        };
        self.modules.borrow_mut().push((path, module.clone()));
        Ok(module)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_proposals_are_apart() {
        assert!(is_apart("built-ins/Temporal/x.js", "built-ins"));
        assert!(!is_apart("built-ins/Temporal/x.js", "built-ins/Temporal"));
        assert!(!is_apart("built-ins/Array/x.js", "built-ins"));
    }

    #[test]
    fn front_matter_behind_any_line_ends() {
        let matter = FrontMatter::parse("/*---\rincludes: [a.js]\rflags: [raw]\r---*/\r");
        assert_eq!(matter.includes, ["a.js"]);
        assert_eq!(matter.flags, ["raw"]);
    }

    #[test]
    fn front_matter_in_both_list_forms() {
        let source = "// c\n/*---\nincludes: [a.js, b.js]\nflags:\n  - module\n  - async\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/\n";
        let matter = FrontMatter::parse(source);
        assert_eq!(matter.includes, ["a.js", "b.js"]);
        assert_eq!(matter.flags, ["module", "async"]);
        assert_eq!(
            matter.negative,
            Some(("parse".into(), "SyntaxError".into()))
        );
    }
}
