//! What a host attaches to code, and gets back with each `import()`; code from texts that a host forbids.

use std::{cell::RefCell, rc::Rc};

use ouro_engine::{
    Context, Error, Module, ModuleHost, Object, PromiseState, Realm, Referrer, Result, Script,
    Value, compile_function_as,
};

/// Does every `import()` itself: its result is the specifier. Notes the referrer's name and what was attached.
#[derive(Default)]
struct Own(RefCell<Vec<(String, String)>>);

impl ModuleHost for Own {
    fn resolve_import(
        &self,
        _: &mut Context,
        _: &Referrer,
        specifier: &str,
        _: &[(String, String)],
    ) -> Result<Module> {
        Err(Error::error(format!("asked for {specifier}")))
    }

    fn import_dynamically(
        &self,
        ctx: &mut Context,
        referrer: &Referrer,
        host_defined: &Value,
        specifier: &str,
        _: &[(String, String)],
    ) -> Result<Option<Value>> {
        let attached = host_defined.to_rust_string(ctx)?;
        let note = (referrer.name.clone(), attached);
        self.0.borrow_mut().push(note);
        match specifier {
            "refused" => Err(Error::type_error("no")),
            "left" => Ok(None),
            _ => Ok(Some(specifier.into())),
        }
    }
}

fn context() -> (Context, Rc<Own>) {
    let host = Rc::new(Own::default());
    let modules: Rc<dyn ModuleHost> = Rc::<Own>::clone(&host);
    let ctx = Context::builder().module_host(modules).build().unwrap();
    (ctx, host)
}

fn run(ctx: &mut Context, source: &str, attached: &str) -> Value {
    let script = Script::compile(ctx, source, "s.js").unwrap();
    let result = script.run_as(ctx, &attached.into()).unwrap();
    ctx.run_microtasks();
    result
}

fn settled(ctx: &mut Context, promise: &Value) -> String {
    match promise.as_promise().unwrap().state() {
        PromiseState::Fulfilled(value) => {
            format!("fulfilled {}", value.to_rust_string(ctx).unwrap())
        }
        PromiseState::Rejected(value) => format!("rejected {}", value.to_rust_string(ctx).unwrap()),
        PromiseState::Pending => "pending".to_owned(),
    }
}

#[test]
fn code_made_by_a_script_carries_what_the_script_does() {
    let (mut ctx, host) = context();
    ctx.set_gc_stress(1);
    let cases = [
        "import('x')",
        "(() => (() => import('x'))())()",
        "eval(\"import('x')\")",
        "(0, eval)(\"import('x')\")",
        "new Function(\"return import('x')\")()",
        "(function* () { yield import('x') })().next().value",
        "[\"import('x')\"].map(eval)[0]",
        "class C { static p = import('x') } C.p",
        "Promise.resolve().then(() => import('x'))",
    ];
    for source in cases {
        let promise = run(&mut ctx, source, "mine");
        assert_eq!(settled(&mut ctx, &promise), "fulfilled x", "{source}");
        let (name, attached) = host.0.borrow_mut().pop().unwrap();
        assert_eq!(attached, "mine", "{source}");
        assert!(name == "s.js", "{source}: {name}");
    }
}

#[test]
fn each_run_and_each_function_has_its_own() {
    let (mut ctx, host) = context();
    let script = Script::compile(&mut ctx, "(x) => import(x)", "s.js").unwrap();
    for attached in ["one", "two"] {
        let function = script.run_as(&mut ctx, &attached.into()).unwrap();
        let call = function.as_function().unwrap();
        call.call(&mut ctx, &Value::undefined(), &["x".into()])
            .unwrap();
    }
    let function =
        compile_function_as(&mut ctx, "return import('x')", &[], "f.js", &"three".into()).unwrap();
    function.call(&mut ctx, &Value::undefined(), &[]).unwrap();
    let module = Module::compile(&mut ctx, "import('x')", "m.js").unwrap();
    module.set_host_defined(&mut ctx, &"four".into()).unwrap();
    module.link(&mut ctx).unwrap();
    module.evaluate(&mut ctx).unwrap();
    let noted: Vec<(String, String)> = host.0.borrow().clone();
    let expected = [
        ("s.js", "one"),
        ("s.js", "two"),
        ("f.js", "three"),
        ("m.js", "four"),
    ];
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|&(a, b)| (a.to_owned(), b.to_owned()))
        .collect();
    assert_eq!(noted, expected);
}

#[test]
fn a_realm_answers_where_no_code_runs() {
    let (mut ctx, host) = context();
    let realm = ctx.create_realm().unwrap();
    ctx.set_host_defined_of(&realm, &"realm".into()).unwrap();
    let source = "Promise.resolve(\"import('x')\").then(eval)";
    ctx.in_realm(&realm, |ctx| run(ctx, source, "script"));
    assert_eq!(*host.0.borrow(), [(String::new(), "realm".to_owned())]);
    run(&mut ctx, source, "script");
    assert_eq!(host.0.borrow()[1], (String::new(), "undefined".to_owned()));
}

#[test]
fn a_host_may_refuse_or_leave_an_import() {
    let (mut ctx, _) = context();
    let refused = run(&mut ctx, "import('refused')", "x");
    assert_eq!(settled(&mut ctx, &refused), "rejected TypeError: no");
    let left = run(&mut ctx, "import('left')", "x");
    assert_eq!(settled(&mut ctx, &left), "rejected Error: asked for left");
}

fn in_realm(ctx: &mut Context, realm: &Realm, source: &str) -> String {
    let result = ctx.in_realm(realm, |ctx| ctx.eval(source, "t.js"));
    match result {
        Ok(value) => value.to_rust_string(ctx).unwrap(),
        Err(error) => error.into_value(ctx).to_rust_string(ctx).unwrap(),
    }
}

#[test]
fn a_realm_may_refuse_texts_as_code() {
    let mut ctx = Context::new().unwrap();
    let realm = ctx.create_realm().unwrap();
    ctx.allow_strings_as_code_in(&realm, false).unwrap();
    let message = "EvalError: Code generation from strings disallowed for this context";
    let refused = [
        "eval('1')",
        "(0, eval)('1')",
        "eval('(')",
        "Function()",
        "new Function('1')",
        "new (async () => {}).constructor('1')",
        "new (function* () {}).constructor('1')",
        "new (async function* () {}).constructor('1')",
        "class F extends Function {} new F('1')",
        "['1'].map(eval)",
    ];
    for source in refused {
        assert_eq!(in_realm(&mut ctx, &realm, source), message, "{source}");
    }
    let own = "try { eval('1') } catch (e) { e instanceof EvalError }";
    assert_eq!(in_realm(&mut ctx, &realm, own), "true");
    assert_eq!(in_realm(&mut ctx, &realm, "eval(5)"), "5");
    // Its arguments come first, and whose function it is counts, not who calls.
    let thrower = "new Function({ toString() { throw new TypeError('x') } })";
    assert_eq!(in_realm(&mut ctx, &realm, thrower), "TypeError: x");
    let (outer, global) = (ctx.global(), ctx.global_of(&realm));
    let pairs: [(&Object, &Object, &str); 2] = [(&outer, &global, "6"), (&global, &outer, message)];
    for (from, to, expected) in pairs {
        let eval = from.get(&mut ctx, "eval").unwrap();
        to.set(&mut ctx, "other", eval).unwrap();
        let realm = if expected == "6" {
            realm.clone()
        } else {
            ctx.realm()
        };
        assert_eq!(in_realm(&mut ctx, &realm, "other('6')"), expected);
    }
    ctx.allow_strings_as_code_in(&realm, true).unwrap();
    assert_eq!(in_realm(&mut ctx, &realm, "eval('7')"), "7");
}
