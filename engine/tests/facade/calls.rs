//! Calls across the border, properties, bytes.

use std::{cell::Cell, rc::Rc};

use ouro_engine::{
    Arguments, Array, ArrayBuffer, Attributes, Context, Error, ErrorKind, Function, JsString,
    Object, Payload, Promise, PromiseState, Symbol, TypedArray, Value, key,
};

fn context() -> Context {
    Context::new().expect("a context can be made")
}

fn add(ctx: &mut Context, _: &Value, args: &[Value]) -> Result<Value, Error> {
    Ok(Value::from(
        args.at(0).to_number(ctx)? + args.at(1).to_number(ctx)?,
    ))
}

#[test]
fn native_functions_get_their_arguments() {
    let mut ctx = context();
    let global = ctx.global();
    global.define_function(&mut ctx, "add", 2, add).unwrap();
    assert_eq!(
        ctx.eval("add(1, 2.5)", "t.js").unwrap().as_number(),
        Some(3.5)
    );
    assert_eq!(
        ctx.eval("add.name + add.length", "t.js")
            .unwrap()
            .as_string()
            .unwrap(),
        "add2"
    );
    assert!(ctx.eval("new add", "t.js").is_err());
}

#[test]
fn errors_cross_both_ways() {
    let mut ctx = context();
    let global = ctx.global();
    let fail = Function::from_closure(&mut ctx, "fail", 0, |_, _, _| {
        Err(Error::type_error("no").with_code("ERR_NO"))
    });
    global.set(&mut ctx, "fail", &fail).unwrap();
    let text = ctx.eval(
        "try { fail() } catch (e) { e instanceof TypeError && e.code + e.message }",
        "t.js",
    );
    assert_eq!(text.unwrap().as_string().unwrap(), "ERR_NOno");
    let error = ctx.eval("throw new RangeError('far')", "t.js").unwrap_err();
    assert_eq!(
        (error.kind(), error.message(&mut ctx).as_str()),
        (ErrorKind::Range, "far")
    );
    let error = ctx.eval("throw 5", "t.js").unwrap_err();
    assert_eq!(error.to_value(&mut ctx).as_number(), Some(5.0));
    let panic = Function::from_closure(&mut ctx, "panic", 0, |_, _, _| panic!("boom"));
    let error = panic.call(&mut ctx, &Value::undefined(), &[]).unwrap_err();
    assert!(error.message(&mut ctx).contains("boom"));
}

#[test]
fn lazy_properties_are_made_once() {
    let mut ctx = context();
    thread_local!(static MADE: Cell<u32> = const { Cell::new(0) });
    let object = Object::new(&mut ctx);
    object
        .define_lazy(&mut ctx, "late", Attributes::ALL, |_| {
            MADE.set(MADE.get() + 1);
            Ok(Value::from("here"))
        })
        .unwrap();
    assert_eq!(MADE.get(), 0);
    for _ in 0..2 {
        assert_eq!(
            object
                .get(&mut ctx, key!("late"))
                .unwrap()
                .as_string()
                .unwrap(),
            "here"
        );
    }
    assert_eq!(MADE.get(), 1);
}

#[test]
fn bytes_are_lent_without_copies() {
    let mut ctx = context();
    let buffer = ArrayBuffer::from_slice(&mut ctx, b"hello world").unwrap();
    let proto = Object::new(&mut ctx);
    let view = TypedArray::uint8_with_prototype(&mut ctx, &buffer, 6, 5, &proto).unwrap();
    assert_eq!(view.prototype(&mut ctx), Some(proto));
    let value = Value::from(&view);
    assert_eq!(ctx.with_bytes(&value, <[u8]>::to_vec).unwrap(), b"world");
    ctx.with_bytes_mut(&value, |bytes| bytes[0] = b'W').unwrap();
    assert_eq!(buffer.detach().unwrap(), b"hello World");
    assert!(buffer.is_detached());
    assert!(ctx.with_bytes(&value, |_| ()).is_err());
    assert!(ctx.with_bytes(&Value::from(1), |_| ()).is_err());
}

#[test]
fn promises_settle_through_microtasks() {
    let mut ctx = context();
    let (promise, resolver) = Promise::pending(&mut ctx);
    let seen = Rc::new(Cell::new(0.0));
    let inner = Rc::clone(&seen);
    let on_done = Function::from_closure(&mut ctx, "", 1, move |_, _, args| {
        inner.set(args.at(0).as_number().unwrap_or(-1.0));
        Ok(Value::undefined())
    });
    promise.then(&mut ctx, Some(&on_done), None).unwrap();
    resolver.resolve(&mut ctx, 7).unwrap();
    assert!(matches!(promise.state(), PromiseState::Fulfilled(_)));
    assert_eq!(seen.get(), 0.0);
    ctx.run_microtasks();
    assert_eq!(seen.get(), 7.0);
}

struct Counter(Cell<u32>);
impl Payload for Counter {}

#[test]
fn payloads_and_host_data() {
    let mut ctx = context();
    ctx.set_host(Rc::new(17u64));
    assert_eq!(ctx.host::<u64>().as_deref(), Some(&17));
    assert!(ctx.host::<u32>().is_none());
    let object = Object::with_payload(&mut ctx, None, Counter(Cell::new(3)));
    ctx.gc();
    object.set(&mut ctx, "own", 1).unwrap();
    let counter = object.payload::<Counter>().unwrap();
    counter.0.set(4);
    assert_eq!(object.payload::<Counter>().unwrap().0.get(), 4);
}

#[test]
fn strings_keys_arrays_symbols() {
    let mut ctx = context();
    assert_eq!(JsString::from("é").len(), 1);
    assert_eq!(
        JsString::from_utf16(&[0xd800]).to_string_lossy(),
        "\u{fffd}"
    );
    let array = Array::from_iter(&mut ctx, [1, 2, 3]);
    array.push(&mut ctx, "x").unwrap();
    assert_eq!(array.length(&mut ctx).unwrap(), 4);
    assert_eq!(array.get(&mut ctx, 1).unwrap().as_i32(), Some(2));
    assert_eq!(array.get(&mut ctx, "1").unwrap().as_i32(), Some(2));
    let a = Symbol::for_key(&mut ctx, "nodejs.util.inspect.custom").unwrap();
    let b = ctx
        .eval("Symbol.for('nodejs.util.inspect.custom')", "t.js")
        .unwrap()
        .as_symbol()
        .unwrap();
    assert_eq!(a, b);
    let parsed = ctx.json_parse("{\"a\":[1]}").unwrap();
    assert_eq!(ctx.json_stringify(&parsed).unwrap().unwrap(), "{\"a\":[1]}");
}

#[test]
fn templates_make_plain_objects() {
    let mut ctx = context();
    let template = ouro_engine::ObjectTemplate::new(&mut ctx, &["a", "b c", "__proto__"]).unwrap();
    let object = template
        .create(&mut ctx, &[Value::from(1), Value::from("x"), Value::null()])
        .unwrap();
    let text = ctx.json_stringify(&Value::from(&object)).unwrap().unwrap();
    assert_eq!(text, r#"{"a":1,"b c":"x","__proto__":null}"#);
    let plain = Object::new(&mut ctx);
    let (own, plain) = (object.prototype(&mut ctx), plain.prototype(&mut ctx));
    assert_eq!(own, plain);
}

#[test]
fn realms_have_their_own_globals() {
    let mut ctx = context();
    let outer = ctx.eval("var x = 1; Array", "t.js").unwrap();
    let realm = ctx.create_realm().unwrap();
    let inner = ctx
        .in_realm(&realm, |ctx| ctx.eval("var x = 2; Array", "t.js"))
        .unwrap();
    assert!(!inner.strict_equals(&outer));
    assert_eq!(ctx.eval("x", "t.js").unwrap().as_i32(), Some(1));
    let global = ctx.global_of(&realm);
    assert_eq!(global.get(&mut ctx, "x").unwrap().as_i32(), Some(2));
    let stack = ctx
        .in_realm(&realm, |ctx| ctx.eval("new Error('m').stack", "r.js"))
        .unwrap();
    assert_eq!(stack.as_string().unwrap(), "Error: m\n    at r.js:1:1");
}

#[test]
fn local_time_follows_the_zone() {
    let mut ctx = context();
    ctx.set_time_zone(ouro_engine::TimeZone::named("EST5EDT,M3.2.0,M11.1.0").unwrap());
    let source =
        "[new Date(2024, 0, 1), new Date(2024, 6, 1)].map(d => d.getTimezoneOffset()).join()";
    assert_eq!(
        ctx.eval(source, "t.js").unwrap().as_string().unwrap(),
        "300,240"
    );
}

/// What Node prints in January and in July of 2025.
#[cfg(not(feature = "boa"))]
#[test]
fn zones_have_the_names_of_node() {
    let cases = [
        (
            "UTC",
            "Coordinated Universal Time",
            "Coordinated Universal Time",
        ),
        (
            "Etc/UTC",
            "Coordinated Universal Time",
            "Coordinated Universal Time",
        ),
        ("GMT", "Greenwich Mean Time", "Greenwich Mean Time"),
        (
            "Europe/Rome",
            "Central European Standard Time",
            "Central European Summer Time",
        ),
        (
            "Europe/Dublin",
            "Greenwich Mean Time",
            "Irish Standard Time",
        ),
        (
            "Europe/London",
            "Greenwich Mean Time",
            "British Summer Time",
        ),
        (
            "Europe/Moscow",
            "Moscow Standard Time",
            "Moscow Standard Time",
        ),
        (
            "America/New_York",
            "Eastern Standard Time",
            "Eastern Daylight Time",
        ),
        (
            "America/Phoenix",
            "Mountain Standard Time",
            "Mountain Standard Time",
        ),
        (
            "America/Los_Angeles",
            "Pacific Standard Time",
            "Pacific Daylight Time",
        ),
        (
            "US/Pacific",
            "Pacific Standard Time",
            "Pacific Daylight Time",
        ),
        (
            "America/Sao_Paulo",
            "Brasilia Standard Time",
            "Brasilia Standard Time",
        ),
        ("Africa/Lagos", "West Africa Time", "West Africa Time"),
        ("Africa/Casablanca", "GMT+01:00", "GMT+01:00"),
        ("Asia/Kolkata", "India Standard Time", "India Standard Time"),
        (
            "Asia/Calcutta",
            "India Standard Time",
            "India Standard Time",
        ),
        ("Asia/Tokyo", "Japan Standard Time", "Japan Standard Time"),
        ("Asia/Kathmandu", "Nepal Time", "Nepal Time"),
        (
            "Australia/Sydney",
            "Australian Eastern Daylight Time",
            "Australian Eastern Standard Time",
        ),
        (
            "Australia/Brisbane",
            "Australian Eastern Standard Time",
            "Australian Eastern Standard Time",
        ),
        (
            "Australia/Lord_Howe",
            "Lord Howe Daylight Time",
            "Lord Howe Standard Time",
        ),
        (
            "Pacific/Auckland",
            "New Zealand Daylight Time",
            "New Zealand Standard Time",
        ),
        (
            "Pacific/Chatham",
            "Chatham Daylight Time",
            "Chatham Standard Time",
        ),
        (
            "Pacific/Kiritimati",
            "Line Islands Time",
            "Line Islands Time",
        ),
        ("Etc/GMT+5", "GMT-05:00", "GMT-05:00"),
        (
            "Africa/Tripoli",
            "Eastern European Standard Time",
            "Eastern European Standard Time",
        ),
    ];
    let mut ctx = context();
    let source = "[0, 6].map(m => /[(](.*)[)]/.exec(new Date(2025, m, 9))[1]).join('|')";
    for (zone, winter, summer) in cases {
        // A machine without a zone database knows no names.
        let Some(known) = ouro_engine::TimeZone::named(zone) else {
            continue;
        };
        ctx.set_time_zone(known);
        let names = ctx.eval(source, "t.js").unwrap().as_string().unwrap();
        assert_eq!(names, format!("{winter}|{summer}").as_str(), "{zone}");
    }
}

#[cfg(not(feature = "boa"))]
#[test]
fn traps_take_no_native_stack() {
    let mut ctx = context();
    let deep = "
        const p = new Proxy({}, {
            get: (t, k, r) => k > 0 ? r[k - 1] : 'bottom',
            has: (t, k) => k > 0 ? k - 1 in p : true,
            set: (t, k, v, r) => { if (k > 0) r[k - 1] = v; else t.v = v; return true },
        });
        p[10000] = 'set';
        [p[10000], 10000 in p, Object.keys(p)].join()";
    let text = ctx.eval(deep, "t.js").unwrap();
    assert_eq!(text.as_string().unwrap(), "bottom,true,v");
    // A stop in a trap is no exception that the program sees, and the context lives on.
    let stop = ctx.stop_handle();
    let global = ctx.global();
    let halt = Function::from_closure(&mut ctx, "halt", 0, move |_, _, _| {
        stop.stop();
        Ok(Value::undefined())
    });
    global.set(&mut ctx, "halt", &halt).unwrap();
    let stopped = ctx.eval(
        "new Proxy({}, { get() { try { halt(); for (;;); } finally { globalThis.seen = 1 } } }).x",
        "t.js",
    );
    assert!(!stopped.unwrap_err().is_catchable());
    let after = ctx.eval("typeof seen + new Proxy({}, { get: () => 7 }).x", "t.js");
    assert_eq!(after.unwrap().as_string().unwrap(), "undefined7");
}
