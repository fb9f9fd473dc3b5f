//! Native functions that call back: no nesting, whole traces, collections in between.

use super::tests::eval;
use crate::vm::machine::Vm;

/// Callbacks of these run in frames on the value stack: no depth of them nests the interpreter.
const CALLING_BACK: &[&str] = &[
    "[1].forEach(next)",
    "[1].map(next)",
    "[1].filter(next)",
    "[1].some(next)",
    "[1].every(next)",
    "[1].find(next)",
    "[1].findIndex(next)",
    "[1].findLast(next)",
    "[1].findLastIndex(next)",
    "[1, 2].reduce(next)",
    "[1, 2].reduceRight(next)",
    "[1].flatMap(next)",
    "[1, 2].sort(next)",
    "[1, 2].toSorted(next)",
    "Array.from([1], next)",
    "Array.from({ length: 1 }, next)",
    "new Int8Array(1).forEach(next)",
    "new Int8Array(1).map(next)",
    "new Int8Array(1).filter(next)",
    "new Int8Array(1).find(next)",
    "new Int8Array(1).findLast(next)",
    "new Int8Array(2).reduce(next)",
    "new Int8Array(2).sort(next)",
    "new Map([[1, 2]]).forEach(next)",
    "new Set([1]).forEach(next)",
    "new Promise(next)",
    "'a'.replace('a', next)",
    "'a'.replaceAll('a', next)",
    "'a'.replace(/(?<n>a)/, next)",
    "/a/y[Symbol.replace]('a', next)",
    "Object.assign(/a/, { exec() { return this.x ? null : (this.x = ['a']) } })[Symbol.replace]('a', next)",
    "[1].values().forEach(next)",
    "[1].values().some(next)",
    "[1].values().every(next)",
    "[1].values().find(next)",
    "[1, 2].values().reduce(next)",
    "({ __proto__: Iterator.prototype, next() { next(); return { done: true } } }).toArray()",
    "(function* () { next() })().forEach(x => x)",
    "({ __proto__: Iterator.prototype, next() { return {} }, return() { next(); return {} } }).some(x => true)",
    "for (const x of [1].values().map(next)) x",
    "[1].values().filter(next).next()",
    "[1].values().flatMap(x => [next()]).take(1).toArray()",
    "[1].values().flatMap(x => ({ [Symbol.iterator]() { next(); return [].values() } })).next()",
    "(function* () { next(); yield 1 })().take(1).drop(1).next()",
    "Iterator.from({ next() { next(); return {} } }).next()",
    "({ __proto__: Iterator.prototype, next() {}, return() { next(); return {} } }).map(x => x).return()",
    "({ __proto__: Iterator.prototype, next() {}, return() { next(); return {} } }).take(0).next()",
    "Object.groupBy([1], next)",
    "Map.groupBy([1], next)",
    "Map.groupBy((function* () { next() })(), x => x)",
    "new Map().getOrInsertComputed(1, next)",
    "new WeakMap().getOrInsertComputed({}, next)",
    "Reflect.apply(next, null, [])",
    "new Proxy(next, {})()",
    "new Proxy(x => x, { apply: next })()",
    "new Proxy(x => x, { apply(f, that, list) { if (list[0] === 5) next() } }).call(1, 5)",
    "[1].map(new Proxy(next, {}))",
    "[1].map.call([1], next)",
    "[1].forEach.apply([1], [next])",
    "[1].forEach.bind([1], next)()",
];

#[test]
fn callbacks_do_not_nest_the_interpreter() {
    for call in CALLING_BACK {
        let mut vm = Vm::new(1 << 18);
        vm.limits.native_depth = 3;
        let source = format!("let n = 0; function next() {{ if (n++ < 1000) {call} }} next(); n");
        assert_eq!(eval(&mut vm, &source), "1001", "{call}");
    }
}

/// An iterator that counts, and notes when it is closed.
const COUNTING: &str = "var log = []; function count(returns = () => ({})) { return {
    __proto__: Iterator.prototype, n: 0, next() { return { value: this.n++, done: this.n > 3 } },
    return() { log.push('closed'); return returns() } } }
    function thrower() { throw 'callback' } function attempt(f) { try { f() } catch (e) { log.push(e.message ?? e) } }";

#[test]
fn what_callbacks_of_iterators_throw_closes_them() {
    for (call, expected) in [
        ("count().forEach(thrower)", "closed,callback"),
        ("count().reduce(thrower)", "closed,callback"),
        (
            "count(() => { throw 'return' }).find(thrower)",
            "closed,callback",
        ),
        ("count(() => 1).every(thrower)", "closed,callback"),
        (
            "count(() => { throw 'return' }).some(x => true)",
            "closed,return",
        ),
        (
            "count(() => 1).some(x => true)",
            "closed,1 is not an object",
        ),
        ("log.push(count().find(x => x === 1))", "closed,1"),
        ("log.push(count().find(x => x === 5))", ""),
        (
            "({ __proto__: count(), next: thrower }).forEach(x => x)",
            "callback",
        ),
        (
            "({ __proto__: count(), next: thrower }).toArray()",
            "callback",
        ),
        (
            "({ __proto__: count(), next: 1 }).some(x => x)",
            "1 is not a function",
        ),
        (
            "({ __proto__: count(), next: () => 1 }).some(x => x)",
            "Iterator result 1 is not an object",
        ),
        (
            "({ __proto__: count(), next: () => ({ get done() { throw 'done' } }) }).some(x => x)",
            "done",
        ),
        ("count().map(thrower).toArray()", "closed,callback"),
        ("count().filter(thrower).next()", "closed,callback"),
        ("count().flatMap(thrower).next()", "closed,callback"),
        (
            "count().flatMap(x => 1).next()",
            "closed,1 is not an object",
        ),
        (
            "count().flatMap(x => ({ [Symbol.iterator]: thrower })).next()",
            "closed,callback",
        ),
        (
            "count().flatMap(x => ({ next: thrower })).next()",
            "closed,callback",
        ),
        (
            "var h = count().flatMap(x => count(thrower)); h.next(); h.return()",
            "closed,closed,callback",
        ),
        ("count().take(0).next()", "closed"),
        ("count(thrower).take(0).next()", "closed,callback"),
        (
            "({ __proto__: count(), next: thrower }).map(x => x).next()",
            "callback",
        ),
        (
            "({ __proto__: count(), next: thrower }).drop(2).next()",
            "callback",
        ),
        (
            "log.push(...count().flatMap(x => [x, x]).drop(1).take(3))",
            "closed,0,1,1",
        ),
        (
            "var h = count().map(() => h.next()); h.next()",
            "closed,Generator is already running",
        ),
        (
            "var h = count().map(thrower); try { h.next() } catch {} log.push(h.next().done)",
            "closed,true",
        ),
        ("Object.groupBy(count(), thrower)", "closed,callback"),
        ("Map.groupBy(count(), thrower)", "closed,callback"),
        (
            "Object.groupBy(count(), x => ({ toString: thrower }))",
            "closed,callback",
        ),
        (
            "Map.groupBy({ __proto__: count(), next: thrower }, x => x)",
            "callback",
        ),
        (
            "log.push(JSON.stringify(Object.groupBy(count(), x => x % 2 ? 'odd' : -0)))",
            "{\"0\":[0,2],\"odd\":[1]}",
        ),
        ("new Map().getOrInsertComputed(1, thrower)", "callback"),
        (
            "new WeakMap().getOrInsertComputed(log, thrower)",
            "callback",
        ),
    ] {
        let mut vm = Vm::new(1 << 16);
        let source = format!("{COUNTING} attempt(() => {{ {call} }}); log.join()");
        assert_eq!(eval(&mut vm, &source), expected, "{call}");
    }
}

#[test]
fn traces_show_native_frames() {
    let mut vm = Vm::new(1 << 16);
    let source = "try { [1].map(function f() { throw new Error('x') }) } catch (e) { e.stack }";
    let stack = eval(&mut vm, source);
    let lines: Vec<&str> = stack.lines().map(str::trim).collect();
    assert!(lines[1].starts_with("at f ("), "{stack}");
    assert_eq!(lines[2], "at Array.map (<anonymous>)", "{stack}");
}

#[test]
fn native_frames_survive_collections_in_callbacks() {
    let mut vm = Vm::new(1 << 16);
    vm.heap.set_stress(1);
    let source =
        "(function* () { yield [1]; yield ['b'] })().reduce((a, x) => a.concat(x, ['c'])).join()";
    assert_eq!(eval(&mut vm, source), "1,b,c");
    let source = "[1, , 'a'].map(x => [x + '!']).concat([3, 1, 2].filter(x => x > 1)).join()";
    assert_eq!(eval(&mut vm, source), "1!,,a!,3,2");
}

#[test]
fn arguments_that_are_passed_on_count_as_depth() {
    for call in [
        "f(...a, 1, 2, 3, 4)",
        "f.apply(null, a.concat(1, 2, 3, 4))",
        "new f(...a, 1, 2, 3, 4)",
    ] {
        let mut vm = Vm::new(1 << 17);
        let text = format!(
            "var depth = 0, wrong = 0;
            function f(...a) {{ depth++; wrong += a.length !== 4 * (depth - 1) || depth > 20 && a[79] !== 4; {call} }}
            try {{ f() }} catch (e) {{ e.message + (depth > 50 && depth < 300) + wrong }}"
        );
        assert_eq!(
            eval(&mut vm, &text),
            "Maximum call stack size exceededtrue0",
            "{call}"
        );
    }
    // The arguments that have registers, `arguments` and generators, with collections everywhere.
    for stress in [0, 1] {
        let mut vm = Vm::new(1 << 17);
        vm.heap.set_stress(stress);
        let text = "var many = new Array(100).fill(7); many[0] = 1; many[99] = 2;
            function f(x, y) { var z = arguments; return [x, y, z.length, z[99]].join() }
            function* g(x) { yield x; yield arguments[99] }
            [f(...many), f.apply(null, many), ...g(...many), new (function (x) { this.n = x })(...many).n].join()";
        assert_eq!(
            eval(&mut vm, text),
            "1,7,100,2,1,7,100,2,1,2,1",
            "stress {stress}"
        );
    }
}
