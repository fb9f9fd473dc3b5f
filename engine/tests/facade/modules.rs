//! Modules, compiled functions, `import()`, async context.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use ouro_engine::{
    Arguments, Context, Error, ErrorKind, Function, HostHooks, Module, ModuleHost, Object, Promise,
    PromiseState, Referrer, ReferrerKind, Result, ScriptOrigin, Value, compile_function,
};

/// An import: who, what, with what attributes.
type Request = (Referrer, String, Vec<(String, String)>);

/// Modules by specifier, and what was asked.
#[derive(Default)]
pub(super) struct Files {
    sources: HashMap<&'static str, &'static str>,
    cache: RefCell<HashMap<String, Module>>,
    asked: RefCell<Vec<Request>>,
}

impl ModuleHost for Files {
    fn resolve_import(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        specifier: &str,
        attributes: &[(String, String)],
    ) -> Result<Module> {
        let request = (referrer.clone(), specifier.to_owned(), attributes.to_vec());
        self.asked.borrow_mut().push(request);
        if let Some(module) = self.cache.borrow().get(specifier) {
            return Ok(module.clone());
        }
        let source = self.sources.get(specifier);
        let source =
            source.ok_or_else(|| Error::error("Cannot find").with_code("ERR_MODULE_NOT_FOUND"))?;
        let module = if attributes.is_empty() {
            Module::compile(ctx, source, specifier)?
        } else {
            Module::json(ctx, source, specifier)?
        };
        self.cache
            .borrow_mut()
            .insert(specifier.to_owned(), module.clone());
        Ok(module)
    }

    fn init_import_meta(&self, ctx: &mut Context, name: &str, meta: &Object) {
        meta.set(ctx, "url", format!("test:{name}")).unwrap();
    }
}

pub(super) fn context(sources: &[(&'static str, &'static str)]) -> (Context, Rc<Files>) {
    let files = Rc::new(Files {
        sources: sources.iter().copied().collect(),
        ..Files::default()
    });
    let host: Rc<dyn ModuleHost> = Rc::<Files>::clone(&files);
    (Context::builder().module_host(host).build().unwrap(), files)
}

#[test]
fn a_graph_links_and_evaluates_at_once() {
    let (mut ctx, files) = context(&[
        (
            "b",
            "import d from 'd' with { type: 'json' }; export let b = d.x; export const u = import.meta.url",
        ),
        ("d", "{\"x\": 5}"),
    ]);
    let main = Module::compile(
        &mut ctx,
        "import { b, u } from 'b'; export const r = b + u",
        "main",
    )
    .unwrap();
    main.link(&mut ctx).unwrap();
    let promise = main.evaluate(&mut ctx).unwrap();
    assert!(matches!(promise.state(), PromiseState::Fulfilled(_)));
    let namespace = main.namespace(&mut ctx).unwrap();
    assert_eq!(
        namespace.get(&mut ctx, "r").unwrap().as_string().unwrap(),
        "5test:b"
    );
    let asked = files.asked.borrow();
    assert_eq!(
        asked[0].0,
        Referrer {
            name: "main".into(),
            kind: ReferrerKind::Module
        }
    );
    assert_eq!(asked[1].2, [("type".to_owned(), "json".to_owned())]);
}

#[test]
fn missing_imports_and_exports_are_errors() {
    let (mut ctx, _) = context(&[("b", "export let b = 1")]);
    let main = Module::compile(&mut ctx, "import 'nope'", "main").unwrap();
    let error = main.link(&mut ctx).unwrap_err();
    assert_eq!(
        error.code(&mut ctx).as_deref(),
        Some("ERR_MODULE_NOT_FOUND")
    );
    let main = Module::compile(&mut ctx, "import { c } from 'b'", "main").unwrap();
    assert_eq!(main.link(&mut ctx).unwrap_err().kind(), ErrorKind::Syntax);
    let main = Module::compile(&mut ctx, "let let = 1", "main");
    assert_eq!(main.unwrap_err().kind(), ErrorKind::Syntax);
}

#[test]
fn top_level_await_waits_for_microtasks() {
    let (mut ctx, _) = context(&[]);
    let main = Module::compile(&mut ctx, "export const x = await 7", "main").unwrap();
    main.link(&mut ctx).unwrap();
    let promise = main.evaluate(&mut ctx).unwrap();
    assert!(matches!(promise.state(), PromiseState::Pending));
    ctx.run_microtasks();
    assert!(matches!(promise.state(), PromiseState::Fulfilled(_)));
}

#[test]
fn synthetic_modules_export_what_rust_sets() {
    let (mut ctx, files) = context(&[]);
    let module = Module::synthetic(&mut ctx, "native", &["default", "n"], |_, exports| {
        exports.set("default", 1)?;
        exports.set("n", "two")
    });
    files.cache.borrow_mut().insert("native".into(), module);
    let main = Module::compile(
        &mut ctx,
        "import d, { n } from 'native'; export const r = d + n",
        "m",
    )
    .unwrap();
    main.link(&mut ctx).unwrap();
    main.evaluate(&mut ctx).unwrap();
    let namespace = main.namespace(&mut ctx).unwrap();
    assert_eq!(
        namespace.get(&mut ctx, "r").unwrap().as_string().unwrap(),
        "1two"
    );
}

#[test]
fn compiled_functions_are_whole_bodies() {
    let (mut ctx, files) = context(&[("b", "export let b = 3")]);
    let body = "#!/usr/bin/env ouro\nexports.at = new Error().stack; return import('b')";
    let function =
        compile_function(&mut ctx, body, &["exports", "require"], "/dir/main.js").unwrap();
    let exports = Object::new(&mut ctx);
    let promise = function
        .call(&mut ctx, &Value::undefined(), &[Value::from(&exports)])
        .unwrap();
    ctx.run_microtasks();
    let PromiseState::Fulfilled(namespace) = promise.as_promise().unwrap().state() else {
        panic!()
    };
    let namespace = namespace.as_object().unwrap();
    assert_eq!(namespace.get(&mut ctx, "b").unwrap().as_i32(), Some(3));
    let referrer = Referrer {
        name: "/dir/main.js".into(),
        kind: ReferrerKind::Script,
    };
    assert_eq!(files.asked.borrow()[0].0, referrer);

    let cases = [
        "}) (function(){",
        "}); (function(){",
        "/*",
        "'use strict'; let let",
        "}",
    ];
    for body in cases {
        let error = compile_function(&mut ctx, body, &[], "x.js").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Syntax, "{body}");
    }
    for body in ["", "return 1 // end", "let {a} = {a: 1}; {}", "'\u{1F600}'"] {
        compile_function(&mut ctx, body, &["a1"], ScriptOrigin::new("x.js")).unwrap();
    }
}

/// Collects what the hooks report.
#[derive(Default)]
struct Log(RefCell<Vec<String>>);

impl HostHooks for Log {
    fn promise_rejected(&self, ctx: &mut Context, _: &Promise, reason: &Value) {
        let reason = reason.to_rust_string(ctx).unwrap();
        self.0.borrow_mut().push(format!("rejected {reason}"));
    }
    fn promise_handled(&self, _: &mut Context, _: &Promise) {
        self.0.borrow_mut().push("handled".into());
    }
    fn microtask_error(&self, ctx: &mut Context, error: Error) {
        let message = error.message(ctx);
        self.0.borrow_mut().push(format!("error {message}"));
    }
    fn wall_clock_ms(&self) -> i64 {
        1_000
    }
    fn local_offset_seconds(&self, _: i64) -> Option<i32> {
        Some(3_600)
    }
}

#[test]
fn hooks_hear_rejections_and_microtask_errors() {
    let log = Rc::new(Log::default());
    let hooks: Rc<dyn HostHooks> = Rc::<Log>::clone(&log);
    let mut ctx = Context::builder().hooks(hooks).build().unwrap();
    ctx.eval("var p = Promise.reject('r'); p.catch(() => 1)", "t.js")
        .unwrap();
    let fail = Function::from_closure(&mut ctx, "", 0, |_, _, _| Err(Error::error("micro")));
    ctx.enqueue_microtask(fail);
    ctx.run_microtasks();
    assert_eq!(*log.0.borrow(), ["rejected r", "handled", "error micro"]);
    let date = ctx
        .eval("Date.now() + ',' + new Date(0).getTimezoneOffset()", "t.js")
        .unwrap();
    assert_eq!(date.as_string().unwrap(), "1000,-60");
}

#[test]
fn async_context_follows_reactions() {
    let mut ctx = Context::new().unwrap();
    let global = ctx.global();
    global
        .define_function(&mut ctx, "get", 0, |ctx, _, _| Ok(ctx.async_context()))
        .unwrap();
    global
        .define_function(&mut ctx, "set", 1, |ctx, _, args| {
            Ok(ctx.set_async_context(args.at(0).clone()))
        })
        .unwrap();
    let source = "var seen = []; set('a'); Promise.resolve().then(() => seen.push('then', get()));
        (async () => { await 0; seen.push('await', get()); await 0; seen.push(get()) })();
        set(undefined); Promise.resolve().then(() => seen.push('none', get()))";
    ctx.eval(source, "t.js").unwrap();
    ctx.run_microtasks();
    let seen = ctx.eval("seen.join()", "t.js").unwrap();
    assert_eq!(seen.as_string().unwrap(), "then,a,await,a,none,,a");
}

/// Caches remember where exports lie: every read sees what is there now.
#[cfg(not(feature = "boa"))]
#[test]
fn namespaces_are_read_again_and_again() {
    let (mut ctx, _) = context(&[
        ("a", "export let v = 0; export const up = () => ++v"),
        ("b", "export let v = 100; export function up() { v += 100 }"),
        (
            "late",
            "import * as self from 'late'; import { log } from 'log'; const read = () => self.v; \
                  for (let i = 0; i < 5; i++) try { read() } catch (e) { log.push(e.name) } \
                  export let v = 1; log.push(read(), read()); v = undefined; log.push(read())",
        ),
        ("log", "export const log = []"),
    ]);
    let source =
        "import * as a from 'a'; import * as b from 'b'; import 'late'; import { log } from 'log';
        const read = (ns) => ns.v;
        for (let i = 0; i < 50; i++) { a.up(); log.push(read(a) === i + 1); }
        for (let i = 0; i < 3; i++) { b.up(); log.push(read(b), read(a), read({ v: 7 })); }
        log.push(read(Object.create(a)), read({ __proto__: b }), typeof a.nothing);
        export default log.filter((x) => x !== true).join()";
    for stress in [0, 3] {
        ctx.set_gc_stress(stress);
        let main = Module::compile(&mut ctx, source, "main").unwrap();
        main.link(&mut ctx).unwrap();
        main.evaluate(&mut ctx).unwrap();
        let namespace = main.namespace(&mut ctx).unwrap();
        let text = namespace.get(&mut ctx, "default").unwrap();
        let text = text.to_rust_string(&mut ctx).unwrap();
        let late = "ReferenceError,".repeat(5) + "1,1,,";
        assert!(text.starts_with(&late), "{text}");
        let read = if stress == 0 {
            "200,50,7,300,50,7,400,50,7,50,400,undefined"
        } else {
            "500,100,7,600,100,7,700,100,7,100,700,undefined"
        };
        assert!(text.ends_with(read), "{text}");
    }
}

/// The shape of a namespace that is gone may be another object's.
#[cfg(not(feature = "boa"))]
#[test]
fn namespaces_come_and_go() {
    let (mut ctx, _) = context(&[]);
    ctx.eval("var read = (ns) => ns.v", "t.js").unwrap();
    for round in 0..40 {
        let module = Module::compile(&mut ctx, "export let v = {}", "m").unwrap();
        module.link(&mut ctx).unwrap();
        module.evaluate(&mut ctx).unwrap();
        let namespace = module.namespace(&mut ctx).unwrap();
        let global = ctx.global();
        global.set(&mut ctx, "ns", namespace).unwrap();
        let is_object = ctx
            .eval("typeof read(ns) + typeof read(ns)", "t.js")
            .unwrap();
        assert_eq!(is_object.as_string().unwrap(), "objectobject");
        drop(module);
        ctx.eval("ns = null", "t.js").unwrap();
        if round % 3 == 0 {
            ctx.gc();
        }
        let other = "var o = { ['x' + Math.random()]: 1 }; delete o.x; read(o) === undefined";
        assert_eq!(ctx.eval(other, "t.js").unwrap().as_bool(), Some(true));
    }
}
