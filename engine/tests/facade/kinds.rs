//! Kinds of objects and what inspectors read: (source, kind).

use ouro_engine::{Arguments, ClassBuilder, Context, FunctionKind, ObjectClass, Payload, Value};

#[test]
fn classes_are_told_by_slots() {
    use ObjectClass as C;
    let cases = [
        ("({})", C::Ordinary),
        ("Object.create(Map.prototype)", C::Ordinary),
        ("[]", C::Array),
        ("() => 1", C::Function),
        ("(function () { return arguments })()", C::Arguments),
        ("(function (a) { return arguments })(1)", C::Arguments),
        ("new TypeError", C::Error),
        ("new Date", C::Date),
        ("/x/", C::RegExp),
        ("new Map", C::Map),
        ("new Set", C::Set),
        ("new WeakMap", C::WeakMap),
        ("new WeakSet", C::WeakSet),
        ("new WeakRef({})", C::WeakRef),
        ("new Map().entries()", C::MapIterator),
        ("new Set().values()", C::SetIterator),
        ("Promise.resolve()", C::Promise),
        ("new Proxy({}, {})", C::Proxy),
        ("new Proxy(() => 1, {})", C::Proxy),
        ("(function* () {})()", C::Generator),
        ("(async function* () {})()", C::AsyncGenerator),
        ("Object(true)", C::BooleanObject),
        ("Object(1)", C::NumberObject),
        ("Object(1.5)", C::NumberObject),
        ("Object('s')", C::StringObject),
        ("Object(Symbol())", C::SymbolObject),
        ("Object(1n)", C::BigIntObject),
        ("new ArrayBuffer(1)", C::ArrayBuffer),
        ("new SharedArrayBuffer(1)", C::SharedArrayBuffer),
        ("new Uint8Array(1)", C::TypedArray),
        ("new DataView(new ArrayBuffer(1))", C::DataView),
        ("globalThis", C::Ordinary),
        ("class A {}; new A", C::Ordinary),
    ];
    let mut ctx = Context::new().unwrap();
    for (source, expected) in cases {
        let object = ctx.eval(source, "k.js").unwrap().as_object().unwrap();
        assert_eq!(object.class(&mut ctx), expected, "{source}");
    }
}

#[test]
fn function_kinds() {
    use FunctionKind as K;
    let cases = [
        ("(() => 1)", K::Normal),
        ("(function () {})", K::Normal),
        ("(class A {})", K::Class),
        ("(class extends Array {})", K::Class),
        ("(async () => 1)", K::Async),
        ("(function* () {})", K::Generator),
        ("(async function* () {})", K::AsyncGenerator),
        ("Math.max", K::Normal),
    ];
    let mut ctx = Context::new().unwrap();
    for (source, expected) in cases {
        let function = ctx.eval(source, "k.js").unwrap().as_function().unwrap();
        assert_eq!(function.kind(&mut ctx), expected, "{source}");
    }
}

#[test]
fn entries_and_proxies_are_seen_through() {
    let mut ctx = Context::new().unwrap();
    let map = ctx
        .eval("new Map([[1, 2], ['a', 'b']])", "k.js")
        .unwrap()
        .as_object()
        .unwrap();
    assert_eq!(map.collection_size(), Some(2));
    let entries = map.map_entries(1).unwrap();
    assert_eq!(
        (entries[0].0.as_i32(), entries[0].1.as_i32()),
        (Some(1), Some(2))
    );
    let set = ctx
        .eval("new Set([5])", "k.js")
        .unwrap()
        .as_object()
        .unwrap();
    assert_eq!(set.set_values(9).unwrap()[0].as_i32(), Some(5));
    let source = "var t = {}, h = {}, p = new Proxy(t, h), r = Proxy.revocable(t, h); p";
    let proxy = ctx.eval(source, "k.js").unwrap().as_object().unwrap();
    let parts = proxy.proxy_parts(&mut ctx).unwrap();
    let target = ctx.eval("t", "k.js").unwrap();
    assert!(parts.target.strict_equals(&target));
    let revoked = ctx
        .eval("r.revoke(); r.proxy", "k.js")
        .unwrap()
        .as_object()
        .unwrap();
    assert!(revoked.proxy_parts(&mut ctx).unwrap().target.is_null());
    let boxed = ctx
        .eval("Object('s')", "k.js")
        .unwrap()
        .as_object()
        .unwrap();
    assert_eq!(boxed.boxed_primitive().unwrap().as_string().unwrap(), "s");
}

struct Point(f64);
impl Payload for Point {}

#[test]
fn classes_over_payloads() {
    let mut ctx = Context::new().unwrap();
    let parent = ctx
        .eval("class P { hi() { return 'hi' } } P", "k.js")
        .unwrap()
        .as_object()
        .unwrap();
    let prototype = parent
        .get(&mut ctx, "prototype")
        .unwrap()
        .as_object()
        .unwrap();
    let class = ClassBuilder::new("Point", 1, |ctx, args| {
        Ok(Point(args.at(0).to_number(ctx)?))
    })
    .inherit(&parent, &prototype)
    .accessor(
        "x",
        |_, this, _| Ok(Value::from(this.payload::<Point>()?.0)),
        None,
    )
    .static_method("origin", 0, |_, _, _| Ok(Value::from(0)))
    .build(&mut ctx)
    .unwrap();
    let global = ctx.global();
    global.set(&mut ctx, "Point", &class.constructor).unwrap();
    let cases = [
        ("new Point(3).x", "3"),
        ("new Point(3).hi()", "hi"),
        (
            "new (class extends Point { get y() { return this.x + 1 } })(3).y",
            "4",
        ),
        ("Point.origin() + Point.name + Point.length", "0Point1"),
        (
            "new Point(1) instanceof P && Object.getPrototypeOf(Point) === P",
            "true",
        ),
        (
            "try { Point(1) } catch (e) { e.message }",
            "Class constructor Point cannot be invoked without 'new'",
        ),
        (
            "try { Point.prototype.x } catch (e) { e.message }",
            "Illegal invocation",
        ),
        (
            "new Point(1).constructor.name + Object.keys(new Point(1))",
            "Point",
        ),
    ];
    for (source, expected) in cases {
        let value = ctx
            .eval(source, "k.js")
            .and_then(|value| value.to_rust_string(&mut ctx));
        assert_eq!(
            value.unwrap_or_else(|error| error.to_string()),
            expected,
            "{source}"
        );
    }
}

#[test]
fn dates_are_made_and_read() {
    let mut ctx = Context::new().unwrap();
    let date = ctx.new_date(86_400_000.0).unwrap();
    assert_eq!(date.date_ms(&mut ctx), Some(86_400_000.0));
    let text = date.invoke(&mut ctx, "toISOString", &[]).unwrap();
    assert_eq!(text.as_string().unwrap(), "1970-01-02T00:00:00.000Z");
    assert_eq!(ctx.global().date_ms(&mut ctx), None);
}
