//! Stack traces as V8 writes them: (name, source, expected).

use ouro_engine::{Context, Error, ErrorKind, ScriptOrigin, Value, compile_function};

/// What Boa gives and what V8 does, with our machine after it: Boa has a call at its parenthesis and hides native frames.
fn by_backend(boa: &'static str, v8: &'static str) -> &'static str {
    if cfg!(feature = "boa") { boa } else { v8 }
}

fn check(name: &str, source: &str, expected: &str) {
    let mut ctx = Context::new().expect("a context can be made");
    let global = ctx.global();
    global
        .define_function(&mut ctx, "coded", 0, |_, _, _| {
            Err(Error::type_error("c").with_code("X"))
        })
        .unwrap();
    let got = ctx
        .eval(source, "t.js")
        .and_then(|value| value.to_rust_string(&mut ctx));
    assert_eq!(
        got.unwrap_or_else(|error| error.to_string()),
        expected,
        "{name}"
    );
}

#[test]
fn traces() {
    let cases = [
        ("frames", "function f() { return new Error('m').stack }\nf()",
         by_backend("Error: m\n    at f (t.js:1:23)\n    at t.js:2:2", "Error: m\n    at f (t.js:1:23)\n    at t.js:2:1")),
        ("thrown by the engine", "try { null.x } catch (e) { e.stack.split('\\n')[1] }", "    at t.js:1:12"),
        ("thrown by Rust", "try { coded() } catch (e) { e.stack }", by_backend("TypeError: c\n    at t.js:1:12", "TypeError: c\n    at t.js:1:7")),
        ("native frames", "[1].map(function g() { return new Error().stack })[0]",
         by_backend("Error\n    at g (t.js:1:31)\n    at t.js:1:8",
                    "Error\n    at g (t.js:1:31)\n    at Array.map (<anonymous>)\n    at t.js:1:5")),
        ("a later name", "class E extends Error { constructor() { super('m'); this.name = 'E' } }
          new E().stack.split('\\n')[0]", by_backend("Error: m", "E: m")),
        ("limit", "Error.stackTraceLimit = 0; new Error('m').stack", "Error: m"),
        ("no limit, no stack", "delete Error.stackTraceLimit; String(new Error('m').stack)", "undefined"),
        ("assigned", "let e = new Error; e.stack = 'x'; e.stack + Object.keys(e)", "x"),
        ("own and hidden", "let e = new Error; e.stack; Object.getOwnPropertyNames(e).join()", "stack"),
        ("captured", "function E() { Error.captureStackTrace(this, E) }
E.prototype.name = 'Mine'; E.prototype.message = 'm'; new E().stack", "Mine: m\n    at t.js:2:55"),
        ("prepared", "Error.prepareStackTrace = (e, s) => s[0].getFunctionName() + s[0].getLineNumber() + s[0];
function f() { return new Error().stack }; f()", "f2f (t.js:2:23)"),
        (
            "prepared, asked again inside",
            "Error.prepareStackTrace = (e, s) => typeof e.stack; new Error('m').stack",
            by_backend("undefined", "string"),
        ),
    ];
    for (name, source, expected) in cases {
        check(name, source, expected);
    }
}

#[test]
fn wrapped_functions_keep_their_positions() {
    let mut ctx = Context::new().unwrap();
    let body = "return new Error('m')";
    let function = compile_function(&mut ctx, body, &["exports"], "/m.js").unwrap();
    let value = function.call(&mut ctx, &Value::undefined(), &[]).unwrap();
    let frames = Error::from_value(value).frames(&mut ctx);
    assert_eq!(
        (frames[0].file.as_str(), frames[0].line, frames[0].column),
        ("/m.js", 1, 8)
    );

    let origin = ScriptOrigin {
        name: "/n.js".into(),
        line_offset: 10,
        column_offset: 0,
    };
    let error = compile_function(&mut ctx, "\nlet y = ;", &[], origin).unwrap_err();
    let place = error.location().unwrap();
    assert_eq!(
        (place.file.as_str(), place.line, place.column),
        ("/n.js", 12, 9)
    );
    assert_eq!(
        (error.kind(), error.message(&mut ctx).as_str()),
        (ErrorKind::Syntax, "Unexpected token ';'")
    );
}

#[cfg(not(feature = "boa"))]
#[test]
fn call_sites_tell_the_hash_of_their_text() {
    let prepare = "Error.prepareStackTrace = (e, s) => s;\n";
    let check = |source: &str, expected: &'static str| {
        check(source, &format!("{prepare}{source}"), expected)
    };
    let hash = "[0].getScriptHash()";
    check(
        &format!("eval('new Error().stack'){hash}"),
        "c1b4ba971ab0ec15c1a214e918310e4f6d9dbe817a9c309036984de36addc04b",
    );
    check(
        &format!("new Function('return new Error().stack')(){hash}"),
        "5e80ba320728b8d0116d112213f8a022343aef27cfbdb3c149a35068f5452776",
    );
    check("[1].map(() => new Error().stack)[0][1].getScriptHash()", "");
    let strict =
        format!("(function () {{ 'use strict'; return eval('new Error().stack') }})(){hash}");
    check(
        &strict,
        "c1b4ba971ab0ec15c1a214e918310e4f6d9dbe817a9c309036984de36addc04b",
    );
    // Positions count UTF-16 units, and a made function stands in parentheses.
    check("eval(\"'é😀'; new Error().stack\")[0].getPosition()", "7");
    check(
        "new Function('return new Error().stack')()[0].getPosition()",
        "32",
    );
    check(
        "new Function('return new Error().stack')()[0].getEnclosingColumnNumber()",
        "2",
    );
    check(
        "try { new Error().stack[0].getThis.call({}) } catch (e) { e.message }",
        "CallSite method getThis expects CallSite as receiver",
    );
}

#[cfg(not(feature = "boa"))]
#[test]
fn a_default_formatter_stands_there_and_is_not_called() {
    let mut ctx = Context::new().unwrap();
    let formatter = ouro_engine::Function::from_native(&mut ctx, "format", 2, |_, _, args| {
        Ok(format!("asked with {} arguments", args.len()).into())
    });
    ctx.set_default_stack_formatter(&formatter).unwrap();
    let other = ctx.create_realm().unwrap();
    let mut run = |source: &str, expected: &str| {
        let text = |ctx: &mut Context| {
            ctx.eval(source, "t.js")
                .unwrap()
                .to_rust_string(ctx)
                .unwrap()
        };
        let (own, others) = (text(&mut ctx), ctx.in_realm(&other, text));
        assert_eq!(format!("{own}; {others}"), expected, "{source}");
    };
    run("typeof Error.prepareStackTrace", "function; undefined");
    let stack = "new Error('m').stack.replaceAll('\\n', ' ')";
    run(stack, "Error: m     at t.js:1:1; Error: m     at t.js:1:1");
    let source = "if (Error.prepareStackTrace) Error.prepareStackTrace = (e, s) => e + s.length;";
    run(&format!("{source} {stack}"), "Error: m1; Error: m1");
    run(
        &format!("if (!Error.prepareStackTrace) Error.prepareStackTrace = () => 'own'; {stack}"),
        "Error: m1; own",
    );
    run(
        &format!("delete Error.prepareStackTrace; {stack}"),
        "Error: m     at t.js:1:33; Error: m     at t.js:1:33",
    );
}
