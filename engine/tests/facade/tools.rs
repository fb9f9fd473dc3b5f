//! What tools get: profiles, or word that the backend has none.

use std::{cell::Cell, rc::Rc, time::Duration};

use ouro_engine::{Context, ErrorKind, HostHooks};

/// A clock that goes on by a millisecond whenever somebody looks.
#[derive(Default)]
struct Ticking(Cell<u64>);

impl HostHooks for Ticking {
    fn monotonic_time(&self) -> Duration {
        self.0.set(self.0.get() + 1);
        Duration::from_millis(self.0.get())
    }

    fn script_url(&self, name: &str) -> String {
        format!("file:///{name}")
    }
}

/// A context of this backend, or `None` after checking that the backend says that it cannot do `what`.
fn context<T: std::fmt::Debug>(
    what: impl Fn(&mut Context) -> ouro_engine::Result<T>,
) -> Option<Context> {
    let mut ctx = Context::builder()
        .hooks(Rc::new(Ticking::default()))
        .build()
        .expect("a context can be made");
    if cfg!(feature = "boa") {
        let error = what(&mut ctx).expect_err("the backend has no such tool");
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        return None;
    }
    Some(ctx)
}

#[test]
fn a_cpu_profile_names_what_ran() {
    let Some(mut ctx) = context(Context::stop_cpu_profile) else {
        return;
    };
    assert!(ctx.stop_cpu_profile().is_err());
    let interval = Duration::from_millis(1);
    ctx.start_cpu_profile(interval).unwrap();
    let source = "function inner(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s }
        const outer = () => [20000].map(inner);
        outer(); 'x'.repeat(3).padEnd(10)";
    ctx.eval(source, "p.js").unwrap();
    let profile = ctx.stop_cpu_profile().unwrap();
    ctx.global()
        .set(&mut ctx, "text", profile.as_str())
        .unwrap();
    let check = "
        const p = JSON.parse(text);
        const byId = new Map(p.nodes.map((node) => [node.id, node]));
        const path = (name) => {
            const parent = (id) => p.nodes.find((node) => node.children?.includes(id));
            const names = [];
            let node = p.nodes.find((node) => node.callFrame.functionName === name);
            for (; node; node = parent(node.id)) names.push(node.callFrame.functionName);
            return names.join();
        };
        const found = p.nodes.find((node) => node.callFrame.functionName === 'inner');
        const { url, lineNumber, columnNumber } = found.callFrame;
        [
            p.samples.length === p.timeDeltas.length,
            p.samples.every((id) => byId.has(id)),
            p.nodes.every((node) => (node.children ?? []).every((id) => byId.has(id))),
            p.nodes.reduce((sum, node) => sum + node.hitCount, 0) === p.samples.length,
            p.timeDeltas.reduce((sum, delta) => sum + delta, 0) <= p.endTime - p.startTime,
            path('inner'), url, lineNumber, columnNumber, found.positionTicks[0].line,
        ].join(' ')";
    let told = ctx.eval(check, "check.js").unwrap();
    assert_eq!(
        told.to_rust_string(&mut ctx).unwrap(),
        "true true true true true inner,map,outer,,(root) file:///p.js 0 14 1"
    );
}

/// What `source` covers: a line a function, its name and each range as `start-end:count text`.
fn covered(source: &str) -> Option<String> {
    let mut ctx = context(Context::take_precise_coverage)?;
    assert!(ctx.take_precise_coverage().is_err());
    ctx.eval("function before() {}", "before.js").unwrap();
    ctx.start_precise_coverage().unwrap();
    ctx.eval(source, "c.js").unwrap();
    let text = ctx.take_precise_coverage().unwrap();
    ctx.stop_precise_coverage();
    let global = ctx.global();
    global.set(&mut ctx, "text", text.as_str()).unwrap();
    global.set(&mut ctx, "source", source).unwrap();
    let told = "
        const [script, ...more] = JSON.parse(text).result;
        if (more.length || script.url !== 'file:///c.js') throw text;
        script.functions.map(({ functionName, ranges }) => [functionName || '-', ...ranges.slice(1).map((range) =>
            `${range.count}:${source.slice(range.startOffset, range.endOffset)}`)].join(' | ') + ' = ' + ranges[0].count).join('\\n')";
    let told = ctx.eval(told, "told.js").unwrap();
    Some(told.to_rust_string(&mut ctx).unwrap())
}

#[test]
fn coverage_reports_the_ranges_that_v8_does() {
    // ANCHOR: covered
    let source = "\
function f(a,b){ const x = a && b; const y = a || b; const z = a ?? b; return x }
f(0,1); f(1,2);
function sw(k){ switch(k){ case 1: return 'a'; case 2: k++; break; default: k = 9 } return k }
sw(2);
function tr(t){ try { if (t) throw 1; t = 2 } catch (e) { t = 3 } finally { t = t + 1 } return t }
tr(0); tr(0);
function lp(n){ while(n>0){ n--; if (n==1) continue; if (n==0) break; n = n } do { n++ } while(n<3); for (const q of [1,2]) { n+=q } return n }
lp(4);
function never(){ return () => 1 }
const o = { m(a = never()) { return a }, get x(){ return 1 } };
o.m('ä'); o.x;
if (o.zz) { f() } else if (o.m) { f() } else f();
function th(a){ if (!a) { throw new Error('x') } return 1 }
try { th(0) } catch {}
function co(a){ if(a){ return 1 } else { th(3) } for(let i=0;i<2;i++){ th(1) } return a?1:2 }
co(0); co(1);
";
    let Some(told) = covered(source) else {
        return;
    };
    // As `node` wrote with NODE_V8_COVERAGE.
    let expected = "\
- | 0:{ f() } | 0: else f(); = 1
f | 1:&& b | 2:|| b | 1:?? b = 3
sw | 0:case 1: return 'a'; | 0:default: k = 9 = 1
tr | 0:throw 1; | 0:catch (e) { t = 3 } = 2
lp | 4:{ n--; if (n==1) continue; if (n==0) break; n = n } | 1:continue; | 3: if (n==0)  | 1:break; | 2: n = n } | 3:{ n++ } | 2:{ n+=q } = 1
never = 0
m = 1
get x = 1
th | 1:{ throw new Error('x') } | 3: return 1  = 4
co | 1:{ return 1 } else { th(3) } for(let i=0;i<2;i++) | 1: return a | 0:?1 | 1::2 = 2";
    // ANCHOR_END: covered
    assert_eq!(told, expected);
}

#[test]
fn a_heap_snapshot_is_whole() {
    let Some(mut ctx) = context(|ctx| ctx.write_heap_snapshot(&mut Vec::new())) else {
        return;
    };
    let source = "
        class Marked { constructor(n) { this.next = n; this['big name'] = 'held ' + n } get late() { return 1 } }
        const captured = { deep: [1, new Marked(null), , 'x'.repeat(100)] };
        globalThis.held = () => captured;
        globalThis.chain = null;
        for (let i = 0; i < 20000; i++) chain = new Marked(chain);
        globalThis.many = [new Map([[{}, 1]]), new WeakMap([[chain, {}]]), new WeakRef(chain), Symbol('s'), 10n ** 30n,
            /r/, new Proxy({}, {}), Promise.resolve(chain), (function* () { yield 1 })(), new Uint8Array(1000), async () => 1,
            (() => {}).bind(1, {}), new Date(), new Error('e'), 'r' + 'o'.repeat(50), '\\u{d800}'];
        many[8].next(); delete chain['big name']; null";
    ctx.eval(source, "held.js").unwrap();
    let mut snapshot = Vec::new();
    ctx.write_heap_snapshot(&mut snapshot).unwrap();
    let mut again = Vec::new();
    ctx.write_heap_snapshot(&mut again).unwrap();
    let text = String::from_utf8(snapshot).expect("a snapshot is UTF-8");
    ctx.global().set(&mut ctx, "text", text.as_str()).unwrap();
    let check = "{
        const { snapshot: { meta, node_count, edge_count }, nodes, edges, strings } = JSON.parse(text);
        const N = meta.node_fields.length, E = meta.edge_fields.length;
        const problems = [];
        const insist = (is, what) => { if (!is && problems.length < 5) problems.push(what) };
        insist(nodes.length === node_count * N, 'node count');
        insist(edges.length === edge_count * E, 'edge count');
        const [nodeTypes] = meta.node_types, [edgeTypes] = meta.edge_types;
        const ids = new Set, reached = new Set([0]);
        const outgoing = new Map;
        let at = 0;
        for (let n = 0; n < nodes.length; n += N) {
            const [type, name, id, size, count] = nodes.slice(n, n + 5);
            insist(nodeTypes[type] !== undefined, 'node type');
            insist(typeof strings[name] === 'string', 'node name');
            insist(!ids.has(id) && id % 2 === 1, 'id');
            insist(size >= 0, 'size');
            ids.add(id);
            outgoing.set(n, [at, at + count * E]);
            at += count * E;
        }
        insist(at === edges.length, 'edge counts add up');
        for (let e = 0; e < edges.length; e += E) {
            const [type, name, to] = edges.slice(e, e + E);
            insist(edgeTypes[type] !== undefined, 'edge type');
            insist(to % N === 0 && to >= 0 && to < nodes.length, 'edge target');
            if (edgeTypes[type] !== 'element' && edgeTypes[type] !== 'hidden') insist(typeof strings[name] === 'string', 'edge name');
        }
        const stack = [0];
        while (stack.length) {
            const [from, end] = outgoing.get(stack.pop());
            for (let e = from; e < end; e += E) if (!reached.has(edges[e + 2])) { reached.add(edges[e + 2]); stack.push(edges[e + 2]) }
        }
        insist(reached.size === node_count, 'everything is reachable');
        const follow = (n, kind, name) => {
            const [from, end] = outgoing.get(n);
            for (let e = from; e < end; e += E)
                if (edgeTypes[edges[e]] === kind && (kind === 'element' ? edges[e + 1] === name : strings[edges[e + 1]] === name)) return edges[e + 2];
            throw new Error(kind + ' ' + name);
        };
        const nameOf = (n) => strings[nodes[n + 1]];
        let global;
        for (let e = 0; e < outgoing.get(0)[1]; e += E) if (edgeTypes[edges[e]] === 'shortcut') global = edges[e + 2];
        const held = follow(global, 'property', 'held');
        const captured = follow(global, 'property', 'chain');
        const closures = [nodeTypes[nodes[held]], nameOf(held), nodeTypes[nodes[captured]], nameOf(captured)];
        const [map] = [follow(follow(global, 'property', 'many'), 'element', 0)];
        let marked = 0;
        for (let n = 0; n < nodes.length; n += N) marked += nameOf(n) === 'Marked' && nodeTypes[nodes[n]] === 'object';
        [problems.join() || 'whole', ...closures, nameOf(map), marked].join(' ')}";
    let told = ctx.eval(check, "check.js").unwrap();
    assert_eq!(
        told.to_rust_string(&mut ctx).unwrap(),
        "whole closure  object Marked Map 20002"
    );
}

#[cfg(not(feature = "boa"))]
#[test]
fn collections_are_recorded_while_somebody_wants_them() {
    use ouro_engine::{GcCause, GcKind};
    let mut ctx = context(|ctx| ctx.eval("1", "gc.js").map(drop)).expect("this backend's");
    ctx.gc();
    assert!(ctx.take_gc_events().is_empty());
    ctx.record_gc_events(2);
    for _ in 0..3 {
        ctx.gc();
    }
    ctx.eval("for (let i = 0; i < 1e5; i++) ({ i, s: [i] })", "gc.js")
        .unwrap();
    let events = ctx.take_gc_events();
    assert_eq!(events.len(), 2);
    assert!(ctx.take_gc_events().is_empty());
    for event in &events {
        // The clock of these tests goes on by one a look: a pause is two looks.
        assert_eq!(event.pause, Duration::from_millis(1));
        assert_eq!(
            (event.kind, event.cause),
            (GcKind::Minor, GcCause::Allocation)
        );
        assert!(event.bytes_after < event.bytes_before);
    }
    assert!(events[0].start < events[1].start);
    ctx.gc();
    let events = ctx.take_gc_events();
    assert_eq!(
        (events[0].kind, events[0].cause),
        (GcKind::Full, GcCause::Host)
    );
    ctx.record_gc_events(0);
    ctx.gc();
    assert!(ctx.take_gc_events().is_empty());
}

#[cfg(not(feature = "boa"))]
#[test]
fn heap_statistics_count_what_a_program_keeps() {
    let mut ctx = context(|ctx| ctx.eval("1", "gc.js").map(drop)).expect("this backend's");
    let before = ctx.heap_statistics();
    ctx.eval(
        "var kept = []; for (let i = 0; i < 1000; i++) \
           kept.push({ i }, [i, i], 'text number ' + i, () => i, new ArrayBuffer(1000), new Map([[i, i]]))",
        "gc.js",
    )
    .unwrap();
    let after = ctx.heap_statistics();
    let more = |after: ouro_engine::HeapShare, before: ouro_engine::HeapShare| {
        (after.count - before.count, after.bytes - before.bytes)
    };
    assert_eq!(more(after.buffers, before.buffers).0, 1000);
    assert!(more(after.buffers, before.buffers).1 > 1_000_000);
    for (after, before) in [
        (after.objects, before.objects),
        (after.arrays, before.arrays),
        (after.strings, before.strings),
        (after.functions, before.functions),
        (after.environments, before.environments),
        (after.native_data, before.native_data),
    ] {
        let (count, bytes) = more(after, before);
        assert!(count >= 1000 && bytes >= 16_000, "{count} {bytes}");
    }
    assert!(after.code.count > before.code.count && after.shapes.count > before.shapes.count);
    assert!(after.total_bytes >= after.used_bytes && after.used_bytes > before.used_bytes);
    assert_eq!(after.limit_bytes, usize::MAX);
    ctx.eval("kept = null", "gc.js").unwrap();
    ctx.gc();
    assert!(ctx.heap_statistics().used_bytes < after.used_bytes / 2);
}

#[cfg(not(feature = "boa"))]
#[test]
fn usage_tells_the_bytes_of_buffers() {
    let mut ctx = context(|ctx| ctx.eval("1", "usage.js").map(drop)).expect("this backend's");
    ctx.gc();
    let before = ctx.heap_usage();
    let mut grows = |source: &str| {
        ctx.eval(source, "usage.js").unwrap();
        ctx.gc();
        let usage = ctx.heap_usage();
        let external = usage.external_bytes.saturating_sub(before.external_bytes);
        let bytes = usage.buffer_bytes - before.buffer_bytes;
        assert!(usage.used_bytes >= usage.external_bytes && external >= bytes);
        assert!(usage.total_bytes >= usage.used_bytes);
        bytes
    };
    assert_eq!(grows("globalThis.b = new Uint8Array(1000)"), 1000);
    assert_eq!(
        grows("b = new ArrayBuffer(500, { maxByteLength: 4000 })"),
        500
    );
    assert_eq!(grows("b.resize(3000)"), 3000);
    assert_eq!(grows("b = b.transfer(2000)"), 2000);
    assert_eq!(grows("b.transfer(); b = new SharedArrayBuffer(70)"), 70);
    assert_eq!(grows("b = 'no buffer'"), 0);
}

#[cfg(not(feature = "boa"))]
#[test]
fn objects_are_found_by_their_prototype() {
    let mut ctx = context(|ctx| ctx.eval("1", "find.js").map(drop)).expect("this backend's");
    let source = "class A {} class B extends A {}
        globalThis.kept = [new A(), new B(), Object.create(new B()), { a: new A() }, new Proxy(new B(), {})];
        for (let i = 0; i < 100; i++) new A();
        A.prototype";
    let prototype = ctx.eval(source, "find.js").unwrap().as_object().unwrap();
    let found = ctx.objects_with_prototype(&prototype).unwrap();
    // The two of A, two of B and what a proxy stands for, one made from another, and B's prototype.
    assert_eq!(found.len(), 7);
    for object in &found {
        assert!(object.prototype(&mut ctx).is_some());
    }
    let global = ctx.global();
    global.set(&mut ctx, "kept", 0).unwrap();
    drop(found);
    assert_eq!(ctx.objects_with_prototype(&prototype).unwrap().len(), 1);
}

#[cfg(not(feature = "boa"))]
#[test]
fn shapes_of_short_lived_objects_are_freed() {
    use ouro_engine::GcKind;
    let mut ctx = context(|ctx| ctx.eval("1", "shapes.js").map(drop)).expect("this backend's");
    ctx.record_gc_events(1 << 14);
    // An object whose property changes its attributes has a shape of its own.
    let source =
        "for (let i = 0; i < 4e5; i++) Object.defineProperty({ i }, 'i', { enumerable: false })";
    ctx.eval(source, "shapes.js").unwrap();
    let events = ctx.take_gc_events();
    assert!(events.iter().any(|event| event.kind == GcKind::Major));
    let most = events.iter().map(|event| event.bytes_after).max();
    assert!(most.is_some_and(|bytes| bytes < 100 << 20), "{most:?}");
}
