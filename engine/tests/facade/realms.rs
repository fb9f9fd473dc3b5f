//! How long realms live.

use ouro_engine::{Context, Object, Realm};

fn context() -> Context {
    Context::new().expect("a context can be made")
}

/// How many realms there are after a collection.
fn count(ctx: &mut Context) -> usize {
    ctx.gc();
    ctx.heap_usage().n_realms
}

/// Makes a realm and evaluates `source` in it.
fn run(ctx: &mut Context, source: &str) -> ouro_engine::Value {
    let realm = ctx.create_realm().unwrap();
    ctx.in_realm(&realm, |ctx| ctx.eval(source, "t.js"))
        .unwrap()
}

#[test]
fn realms_that_nobody_uses_are_freed() {
    let mut ctx = context();
    for round in 0..300 {
        let source = format!("var x = {round}; /{round}/.test('7'); [1].map(y => y + x)[0]");
        let sum = run(&mut ctx, &source);
        assert_eq!(sum.as_i32(), Some(round + 1));
        if round % 50 == 0 {
            assert_eq!(count(&mut ctx), 1);
        }
    }
    // The number of one that is gone serves the next, with none of its state.
    let found = run(&mut ctx, "typeof x + RegExp.$1 + [...'ab'].length");
    assert_eq!(found.as_string().unwrap(), "undefined2");
}

#[test]
fn what_belongs_to_a_realm_keeps_it() {
    let mut ctx = context();
    let sources = [
        "(function () { return typeof Map; })",
        "(() => [].concat({}).map(String).join())",
        "Array.prototype.map",
        "[1, 2]",
        "new Map([[1, 2]]).entries()",
        "(function* () { yield typeof Set; })()",
        "/a/g",
        "new (class A { #x = 1; get x() { return this.#x + typeof Set; } })",
        "new Proxy({}, { get: (_, name) => name })",
        "Object.assign(async () => typeof Set, { toString: () => 'a' })",
    ];
    let use_it = "it => { it(1); it.next?.(); it.x; it.exec?.('a'); it.map?.(x => x); return `${typeof it}`; }";
    let use_it = "(it => { try { return (".to_owned()
        + use_it
        + ")(it) } catch (e) { return 'error ' + e } })";
    let user = ctx.eval(&use_it, "u.js").unwrap().as_object().unwrap();
    for source in sources {
        let value = run(&mut ctx, source);
        assert_eq!(count(&mut ctx), 2, "{source}");
        // More realms, to take numbers that are free.
        run(&mut ctx, "globalThis.Array = globalThis.Set = 1");
        let this = ouro_engine::Value::undefined();
        user.call(&mut ctx, &this, std::slice::from_ref(&value))
            .unwrap();
        assert_eq!(count(&mut ctx), 2, "{source}");
        drop(value);
        assert_eq!(count(&mut ctx), 1, "{source}");
    }
}

#[test]
fn jobs_keep_their_realm() {
    let mut ctx = context();
    let seen = Object::new(&mut ctx);
    ctx.global().set(&mut ctx, "seen", seen.clone()).unwrap();
    let realm = ctx.create_realm().unwrap();
    let inner = ctx.global_of(&realm);
    inner.set(&mut ctx, "seen", seen.clone()).unwrap();
    let source = "Promise.resolve([1]).then(([x]) => { seen.x = x + typeof Map; }); 0";
    ctx.in_realm(&realm, |ctx| ctx.eval(source, "t.js"))
        .unwrap();
    drop((inner, realm));
    assert_eq!(count(&mut ctx), 2);
    ctx.run_microtasks();
    assert_eq!(
        seen.get(&mut ctx, "x").unwrap().as_string().unwrap(),
        "1function"
    );
    assert_eq!(count(&mut ctx), 1);
}

#[test]
fn an_object_can_stand_for_a_realm() {
    let mut ctx = context();
    let realm = ctx.create_realm().unwrap();
    let stands = realm.to_object(&mut ctx);
    // A cycle: the realm's global object leads to what keeps the realm.
    let global = ctx.global_of(&realm);
    global.set(&mut ctx, "self", stands.clone()).unwrap();
    drop((global, realm));
    assert_eq!(count(&mut ctx), 2);
    let again = Realm::of_object(&mut ctx, &stands).unwrap();
    let kind = ctx.in_realm(&again, |ctx| ctx.eval("typeof self + typeof Map", "t.js"));
    assert_eq!(kind.unwrap().as_string().unwrap(), "objectfunction");
    drop(again);
    assert_eq!(count(&mut ctx), 2);
    drop(stands);
    assert_eq!(count(&mut ctx), 1);
    let plain = Object::new(&mut ctx);
    assert!(Realm::of_object(&mut ctx, &plain).is_none());
}

#[test]
fn realms_come_and_go_while_marking_is_under_way() {
    let mut ctx = context();
    ctx.set_gc_stress(7);
    let kept = ctx.eval("globalThis.kept = []; kept", "t.js").unwrap();
    let kept = kept.as_object().unwrap();
    for round in 0..12 {
        let source = "class A { #x = [1]; f = () => this.#x.map(x => x + 1) } new A().f";
        let f = run(&mut ctx, source);
        if round % 3 == 0 {
            kept.set(&mut ctx, round, f).unwrap();
        }
        let sum = "let n = 0; for (const f of kept) n += f ? f()[0] : 0; kept.map(f => `${f}`).length + n";
        let sum = ctx.eval(&format!("{{ {sum} }}"), "t.js").unwrap();
        assert_eq!(sum.as_i32(), Some(round / 3 * 3 + 1 + (round / 3 + 1) * 2));
    }
    ctx.set_gc_stress(0);
    assert_eq!(count(&mut ctx), 5);
}
