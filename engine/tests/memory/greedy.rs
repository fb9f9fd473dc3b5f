//! Programs that take ever more memory, or much at once: a name and a program each.

/// The programs.
pub const GREEDY: &[(&str, &str)] = &[
    (
        "string doubling",
        "let s = 'ab'; for (;;) { s += s; s.charCodeAt(3) }",
    ),
    (
        "rope of many parts",
        "let s = ''; for (;;) s += 'abcdefghijklmnopqrstuvwxyz'",
    ),
    (
        "rope, flattened late",
        "let s = 'abcdefgh'.repeat(1e6); for (;;) { s += s; if (s.length > 5e7) s.charCodeAt(3) }",
    ),
    (
        "rope, wide",
        "let s = '\\u1234bcdefgh'.repeat(1e6); for (;;) { s += s; s.charCodeAt(3) }",
    ),
    ("repeat", "const a = []; for (;;) a.push('x'.repeat(3e7))"),
    (
        "repeat, wide",
        "const a = []; for (;;) a.push('\\u1234'.repeat(2e7))",
    ),
    (
        "padEnd",
        "const a = []; for (;;) a.push('x'.padEnd(5e7, 'ab'))",
    ),
    ("objects", "const a = []; for (;;) a.push({ a })"),
    ("arrays", "const a = []; for (;;) a.push([1, 2, 3])"),
    ("one array", "const a = []; for (let i = 0;; i++) a.push(i)"),
    (
        "array by index",
        "const a = []; for (let i = 0;; i++) a[i] = i",
    ),
    (
        "sparse array",
        "const a = []; for (let i = 0;; i++) a[i * 1000] = i",
    ),
    ("new Array.fill", "new Array(1e8).fill(0)"),
    (
        "array length",
        "const a = []; for (;;) a.push(new Array(1e6))",
    ),
    ("Array.from", "Array.from({ length: 1e8 })"),
    (
        "Map",
        "const m = new Map; for (let i = 0;; i++) m.set(i, i)",
    ),
    (
        "Map of arrays",
        "const m = new Map; for (let i = 0;; i++) m.set(i, [i])",
    ),
    (
        "Set",
        "const m = new Set; for (let i = 0;; i++) m.add('k' + i)",
    ),
    (
        "WeakMap",
        "const m = new WeakMap, a = []; for (;;) { const k = {}; a.push(k); m.set(k, k) }",
    ),
    (
        "typed arrays",
        "const a = []; for (;;) a.push(new Uint8Array(1e6))",
    ),
    (
        "typed array",
        "const a = []; for (;;) a.push(new Uint8Array(5e7))",
    ),
    (
        "resizable buffer",
        "const b = new ArrayBuffer(8, { maxByteLength: 1e9 }); b.resize(1e9)",
    ),
    (
        "properties",
        "const o = {}; for (let i = 0;; i++) o['key' + i] = i",
    ),
    (
        "shapes",
        "const a = []; for (let i = 0;; i++) a.push({ ['key' + i]: i })",
    ),
    (
        "symbols",
        "const a = []; for (let i = 0;; i++) a.push(Symbol('s' + i))",
    ),
    (
        "closures",
        "let f = () => {}; for (;;) { const g = f; f = () => g }",
    ),
    (
        "spread, endless",
        "[...{ *[Symbol.iterator]() { for (;;) yield 'abc' } }]",
    ),
    (
        "join",
        "const a = new Array(1e5).fill('x'.repeat(1000)); const b = []; for (;;) b.push(a.join())",
    ),
    (
        "JSON.stringify",
        "const a = []; for (let i = 0; i < 1e5; i++) a.push('x'.repeat(100)); const b = []; for (;;) b.push(JSON.stringify(a))",
    ),
    (
        "JSON.parse",
        "const s = '[' + '[1],'.repeat(1e6) + '1]'; const b = []; for (;;) b.push(JSON.parse(s))",
    ),
    (
        "match",
        "const s = 'ab'.repeat(1e6); const b = []; for (;;) b.push(s.match(/./g))",
    ),
    (
        "exec captures",
        "const r = new RegExp('(a)'.repeat(1000)); const s = 'a'.repeat(1000), b = []; for (;;) b.push(r.exec(s))",
    ),
    (
        "replace",
        "const s = 'a'.repeat(1e6); const b = []; for (;;) b.push(s.replace(/a/g, 'bcdefghijk'))",
    ),
    ("BigInt **", "const b = []; for (;;) b.push(3n ** 100000n)"),
    (
        "BigInt <<",
        "const b = []; for (;;) b.push(1n << 200000000n)",
    ),
    (
        "generators",
        "const b = []; function* g() { yield 1 } for (;;) { const it = g(); it.next(); b.push(it) }",
    ),
    (
        "promises",
        "const b = []; for (;;) b.push(new Promise(() => 0))",
    ),
    ("jobs", "for (;;) Promise.resolve().then(() => 0)"),
    (
        "functions of text",
        "const b = []; for (let i = 0;; i++) b.push(new Function('return ' + i))",
    ),
    (
        "regular expressions",
        "const b = []; for (let i = 0;; i++) b.push(new RegExp('a{' + i + '}b'))",
    ),
    ("deep calls", "(function f(...a) { f(...a, 1, 2, 3, 4) })()"),
    (
        "sort",
        "const a = new Array(2e6).fill(1); for (;;) { const b = a.slice(); b.sort() }",
    ),
    (
        "weak references",
        "const a = []; for (;;) a.push(new WeakRef({}))",
    ),
    (
        "finalization",
        "const r = new FinalizationRegistry(() => 0), a = []; for (;;) { const o = {}; a.push(o); r.register(o, 1, o) }",
    ),
    (
        "promise chain",
        "let p = new Promise(() => 0); const first = p; for (;;) p = p.then(() => first)",
    ),
    (
        "async functions",
        "const a = []; async function f(x) { await x; return x } for (;;) a.push(f(a))",
    ),
    (
        "async generators",
        "const a = []; async function* f(x) { yield x } for (;;) { const g = f(1); g.next(); a.push(g) }",
    ),
    (
        "proxies",
        "let p = {}; const a = []; for (;;) { p = new Proxy({}, {}); a.push(p) }",
    ),
    (
        "bound functions",
        "let f = () => 0; for (;;) f = f.bind(null, 1)",
    ),
    (
        "slices",
        "const s = 'abcdefgh'.repeat(1e5), a = []; for (let i = 0;; i = (i + 1) % 1000) a.push(s.slice(i, i + 100))",
    ),
    (
        "small strings",
        "const a = []; for (let i = 0;; i++) a.push('text ' + i)",
    ),
    (
        "wide strings",
        "const a = []; for (let i = 0;; i++) a.push('\\u1234text ' + i)",
    ),
    (
        "interned strings",
        "const a = [], o = {}; for (let i = 0;; i++) { const k = 'key' + i; k in o; a.push(k) }",
    ),
    (
        "Symbol.for",
        "for (let i = 0;; i++) Symbol.for('some key ' + i)",
    ),
    ("errors", "const a = []; for (;;) a.push(new Error('x'))"),
    (
        "error stacks",
        "const a = []; function f(n) { if (n) return f(n - 1); const e = new Error('x'); e.stack; a.push(e) } for (;;) f(9)",
    ),
    (
        "template objects",
        "const a = []; const f = x => x; for (let i = 0;; i++) a.push(new Function('f', 'return f`a${1}b${2}c`')(f))",
    ),
    (
        "classes",
        "const a = []; for (;;) a.push(class { #x = 1; static y = 2; m() {} get z() { return 1 } })",
    ),
    (
        "eval",
        "const a = []; for (let i = 0;; i++) a.push(eval('(function () { return ' + i + ' })'))",
    ),
    (
        "long source",
        "const s = 'x;'.repeat(2e6); for (;;) new Function(s)",
    ),
    (
        "long pattern",
        "const s = 'a|b'.repeat(1e4); const a = []; for (let i = 0;; i++) a.push(new RegExp(s + i))",
    ),
    (
        "views",
        "const b = new ArrayBuffer(8), a = []; for (;;) a.push(new Uint8Array(b))",
    ),
    (
        "small typed arrays",
        "const a = []; for (;;) a.push(new Uint8Array(8))",
    ),
    ("dates", "const a = []; for (;;) a.push(new Date(0))"),
    (
        "iterators",
        "const a = []; for (;;) a.push([1].values().map(x => x))",
    ),
    (
        "small maps",
        "const a = []; for (;;) a.push(new Map([[1, 2]]))",
    ),
    (
        "small BigInts",
        "const a = []; for (let i = 2n ** 70n;; i++) a.push(i)",
    ),
    (
        "BigInt *",
        "const x = (1n << 60000000n) - 1n, b = []; for (;;) b.push(x * 7n)",
    ),
    ("BigInt <<=", "let x = 1n; for (;;) x <<= 10000000n"),
    (
        "BigInt of text",
        "const s = '7'.repeat(2e4), a = []; for (;;) a.push(BigInt(s))",
    ),
    ("concat", "let a = [1, 2, 3]; for (;;) a = a.concat(a)"),
    (
        "array spread",
        "let a = [1, 2, 3]; for (;;) a = [...a, ...a]",
    ),
    (
        "push of many",
        "const b = new Array(1e4).fill(1), a = []; for (;;) a.push(...b)",
    ),
    (
        "splice of many",
        "const b = new Array(1e4).fill(1), a = []; for (;;) a.splice(0, 0, ...b)",
    ),
    (
        "unshift",
        "const b = new Array(1e4).fill(1), a = []; for (;;) a.unshift(...b)",
    ),
    ("flat", "let a = [1, 2, 3, 4]; for (;;) a = [a, a].flat()"),
    (
        "map",
        "let a = [1, 2, 3, 4]; for (;;) a = a.flatMap(x => [x, x])",
    ),
    (
        "far elements",
        "const a = []; for (let i = 0;; i++) a[i * 1e6 % 4294967291] = i",
    ),
    (
        "accessor elements",
        "const a = []; for (let i = 0;; i++) Object.defineProperty(a, i, { get() { return 1 } })",
    ),
    (
        "array-likes",
        "const a = {}; for (let i = 0;; i++) a[i] = i",
    ),
    (
        "arguments",
        "const a = []; function f() { a.push(arguments) } for (;;) f(1, 2, 3)",
    ),
    (
        "split",
        "const s = 'a,'.repeat(1e6), a = []; for (;;) a.push(s.split(','))",
    ),
    (
        "split by pattern",
        "const s = 'a,'.repeat(1e6), a = []; for (;;) a.push(s.split(/,/))",
    ),
    (
        "matchAll",
        "const s = 'ab'.repeat(1e6), a = []; for (const m of s.matchAll(/(?<x>.)/g)) a.push(m)",
    ),
    (
        "replace by function",
        "const s = 'a'.repeat(1e6), a = []; for (;;) a.push(s.replace(/a/g, () => 'bcdefghijk'))",
    ),
    (
        "JSON.parse of objects",
        "const s = '[' + '{\"a\":1,\"b\":[]},'.repeat(2e5) + '1]', a = []; for (;;) a.push(JSON.parse(s))",
    ),
    (
        "JSON.parse with reviver",
        "const s = '[' + '[1],'.repeat(1e5) + '1]', a = []; for (;;) a.push(JSON.parse(s, (k, v) => v))",
    ),
    (
        "JSON.parse of a text",
        "const s = '\"' + 'x'.repeat(1e7) + '\"', a = []; for (;;) a.push(JSON.parse(s))",
    ),
    (
        "sort with comparator",
        "const a = new Array(1e6).fill(1), b = []; for (;;) b.push(a.slice().sort((x, y) => x - y))",
    ),
    (
        "toSorted",
        "const a = Array.from({ length: 3e5 }, (_, i) => 'k' + i), b = []; for (;;) b.push(a.toSorted())",
    ),
    (
        "Object.keys",
        "const o = {}; for (let i = 0; i < 1e5; i++) o['k' + i] = i; const b = []; for (;;) b.push(Object.keys(o))",
    ),
    (
        "Object.entries",
        "const o = {}; for (let i = 0; i < 3e4; i++) o['k' + i] = i; const b = []; for (;;) b.push(Object.entries(o))",
    ),
    (
        "object spread",
        "const o = {}; for (let i = 0; i < 3e4; i++) o['k' + i] = i; const b = []; for (;;) b.push({ ...o })",
    ),
    (
        "Object.groupBy",
        "const a = Array.from({ length: 1e5 }, (_, i) => i), b = []; for (;;) b.push(Object.groupBy(a, x => 'k' + x))",
    ),
    (
        "Set operations",
        "const s = new Set(Array(1e5).keys()), b = []; for (;;) b.push(s.union(s))",
    ),
    (
        "wide object",
        "const b = []; for (;;) { const o = {}; for (let i = 0; i < 200; i++) o['k' + i] = i; b.push(o) }",
    ),
    ("deep list", "let l = null; for (;;) l = { l }"),
    (
        "deep recursion",
        "const b = []; (function f(n) { if (n < 20) try { f(n + 1) } catch (e) { } for (;;) b.push([n]) })(0)",
    ),
    ("prototypes", "let o = {}; for (;;) o = Object.create(o)"),
    (
        "prototypes with properties",
        "const a = []; for (;;) { const p = {}; a.push(Object.create(p), Object.create(p, { x: { value: 1 } })) }",
    ),
    (
        "frozen objects",
        "const a = []; for (let i = 0;; i++) a.push(Object.freeze([i, { i }]))",
    ),
    (
        "caught again and again",
        "const a = []; for (let n = 0;;) try { for (;;) a.push({}) } catch (e) { if (++n === 30) throw e }",
    ),
    (
        "typed array from",
        "const b = []; const a = new Array(1e6).fill(1); for (;;) b.push(Float64Array.from(a))",
    ),
    (
        "typed array slice",
        "let a = new Uint8Array(1000); const b = []; for (;;) b.push(a = new Uint8Array([...a, ...a]))",
    ),
    (
        "buffer slice",
        "const a = new ArrayBuffer(1e6), b = []; for (;;) b.push(a.slice(0))",
    ),
    (
        "growing buffer",
        "const b = new ArrayBuffer(8, { maxByteLength: 1e9 }); for (let n = 8;; n *= 2) b.resize(n)",
    ),
    (
        "normalize",
        "const s = '\\u00e9\\u1e9b\\u0323'.repeat(1e6), b = []; for (;;) b.push(s.normalize('NFD'))",
    ),
    (
        "toUpperCase",
        "const s = 'a\\u00df'.repeat(2e6), b = []; for (;;) b.push(s.toUpperCase())",
    ),
    (
        "encodeURIComponent",
        "const s = '\\u1234'.repeat(5e5), b = []; for (;;) b.push(encodeURIComponent(s))",
    ),
    (
        "iterated string",
        "const s = '\\u1234'.repeat(1e6), b = []; for (;;) b.push([...s])",
    ),
    (
        "getters",
        "const a = []; for (let i = 0;; i++) a.push({ get x() { return i }, set x(v) {} })",
    ),
    (
        "environments",
        "const a = []; for (let i = 0;; i++) { let x = i; a.push(() => x) }",
    ),
    (
        "WeakSet",
        "const s = new WeakSet, a = []; for (;;) { const o = {}; a.push(o); s.add(o) }",
    ),
    ("jobs, awaited", "for (;;) (async () => { await 0 })()"),
    (
        "resolvers",
        "const a = []; for (;;) a.push(Promise.withResolvers())",
    ),
    (
        "Promise.all",
        "const p = new Promise(() => 0), a = []; for (;;) a.push(Promise.all([p, p, p]))",
    ),
];
