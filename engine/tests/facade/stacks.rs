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
