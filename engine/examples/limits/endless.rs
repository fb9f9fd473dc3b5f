//! Programs that run for ever, each in another loop of the engine: what `limits` measures stops with.

/// What runs before the clock starts, and what then runs for ever.
pub const ENDLESS: &[(&str, &str, &str)] = &[
    ("loop", "", "for (;;);"),
    ("calls", "const f = n => n && f(n - 1)", "for (;;) f(1000)"),
    ("regexp", "", "/^(a+)+$/.test('a'.repeat(60) + 'b')"),
    (
        "regexp, long",
        "const s = 'a'.repeat(1e7)",
        "for (;;) /b/.test(s)",
    ),
    (
        "regexp, quadratic",
        "const s = 'a'.repeat(1e6)",
        "for (;;) /a*b/.test(s)",
    ),
    (
        "regexp, captures",
        "const s = 'ab'.repeat(1e6)",
        "for (;;) s.match(/(a)(b)/g)",
    ),
    (
        "regexp, exec",
        "const s = 'ab'.repeat(1e5), r = /(a)|(b)/g",
        "for (;;) r.exec(s)",
    ),
    (
        "regexp, ignoring case",
        "const s = '\\u0101'.repeat(1e6)",
        "for (;;) /\\u0100b/i.test(s)",
    ),
    (
        "regexp, compiled",
        "let n = 0, s = 'a|b'.repeat(1e5)",
        "for (;;) new RegExp(s + n++)",
    ),
    (
        "sort",
        "const a = Array.from({ length: 1e6 }, (_, i) => -i % 1000)",
        "for (;;) [...a].sort()",
    ),
    (
        "sort, comparator",
        "const a = Array.from({ length: 1e6 }, (_, i) => -i % 1000)",
        "for (;;) [...a].sort((x, y) => x - y)",
    ),
    (
        "sort, strings",
        "const a = Array.from({ length: 3e5 }, (_, i) => 'k' + (i * 7919) % 1e6)",
        "for (;;) [...a].sort()",
    ),
    (
        "sort, long strings",
        "const a = Array.from({ length: 1e3 }, (_, i) => 'k'.repeat(1e5) + i)",
        "for (;;) [...a].sort()",
    ),
    (
        "sort, typed",
        "const a = new Float64Array(3e6).map((_, i) => -i % 1000)",
        "for (;;) a.slice().sort()",
    ),
    (
        "sort, typed comparator",
        "const a = new Float64Array(1e6).map((_, i) => -i % 1000)",
        "for (;;) a.slice().sort((x, y) => x - y)",
    ),
    (
        "JSON.stringify",
        "const o = Array.from({ length: 3e5 }, (_, i) => ({ i }))",
        "for (;;) JSON.stringify(o)",
    ),
    (
        "JSON.stringify, string",
        "const s = 'x\\n'.repeat(5e6)",
        "for (;;) JSON.stringify(s)",
    ),
    (
        "JSON.parse",
        "const s = '[' + '1,'.repeat(2e6) + '1]'",
        "for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, string",
        "const s = '\"' + 'x'.repeat(2e7) + '\"'",
        "for (;;) JSON.parse(s)",
    ),
    ("repeat", "", "for (;;) 'x'.repeat(2 ** 28).charCodeAt(5)"),
    (
        "repeat, wide",
        "",
        "for (;;) '\\u1234y'.repeat(2 ** 26).charCodeAt(5)",
    ),
    ("padStart", "", "for (;;) 'x'.padStart(2 ** 28, 'ab')"),
    (
        "join",
        "const a = new Array(3e6).fill('abc')",
        "for (;;) a.join()",
    ),
    (
        "join, holes",
        "const a = []; a.length = 5e7",
        "for (;;) a.join('')",
    ),
    (
        "rope",
        "let s",
        "for (;;) { s = 'ab'; for (let i = 0; i < 26; i++) s += s; s.charCodeAt(3) }",
    ),
    (
        "spread",
        "const a = new Array(3e6).fill(1)",
        "for (;;) [...a]",
    ),
    (
        "spread, endless",
        "",
        "[...{ *[Symbol.iterator]() { for (;;) yield } }]",
    ),
    (
        "spread, call",
        "const a = new Array(1e5).fill(1)",
        "for (;;) Math.max(...a)",
    ),
    (
        "destructuring",
        "",
        "const [...a] = { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }",
    ),
    ("BigInt **", "", "for (;;) 3n ** 3000000n"),
    ("BigInt *", "const x = 3n ** 2000000n", "for (;;) x * x"),
    (
        "BigInt /",
        "const x = 3n ** 2000000n, y = 7n ** 300000n",
        "for (;;) x / y",
    ),
    (
        "BigInt toString",
        "const x = 3n ** 1000000n",
        "for (;;) x.toString()",
    ),
    (
        "BigInt of text",
        "const s = '7'.repeat(1e6)",
        "for (;;) BigInt(s)",
    ),
    ("BigInt <<", "", "for (;;) 1n << 2n ** 29n"),
    (
        "BigInt.asUintN",
        "const x = 3n ** 2000000n",
        "for (;;) BigInt.asUintN(3000000, -x)",
    ),
    ("fill", "const a = new Array(3e7)", "for (;;) a.fill(0)"),
    ("new Array.fill", "", "for (;;) new Array(3e7).fill(0)"),
    (
        "copyWithin",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.copyWithin(1)",
    ),
    (
        "indexOf",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.indexOf(2)",
    ),
    (
        "indexOf, string",
        "const s = 'a'.repeat(1e6), t = 'a'.repeat(5e5) + 'b'",
        "for (;;) s.indexOf(t)",
    ),
    (
        "unshift",
        "const a = new Array(3e6).fill(1)",
        "for (;;) { a.unshift(0); a.shift() }",
    ),
    (
        "splice",
        "const a = new Array(3e6).fill(1)",
        "for (;;) { a.splice(5, 1); a.splice(5, 0, 1) }",
    ),
    (
        "concat",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.concat(a)",
    ),
    (
        "Map",
        "",
        "for (;;) { const m = new Map; for (let i = 0; i < 1e7; i++) m.set(i, i) }",
    ),
    (
        "Set operations",
        "const a = new Set(Array(1e6).keys())",
        "for (;;) a.union(a)",
    ),
    ("typed array", "", "for (;;) new Uint8Array(1e8)"),
    (
        "typed array, fill",
        "const a = new Uint8Array(2e8)",
        "for (;;) a.fill(7)",
    ),
    (
        "typed array, from",
        "const a = new Array(3e6).fill(1)",
        "for (;;) Float64Array.from(a)",
    ),
    (
        "proxy",
        "const p = new Proxy({}, { ownKeys: () => Array.from({ length: 1e5 }, (_, i) => 'k' + i) })",
        "for (;;) Object.keys(p)",
    ),
    (
        "Object.keys",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Object.keys(o)",
    ),
    (
        "encodeURIComponent",
        "const s = '\\u1234'.repeat(3e6)",
        "for (;;) encodeURIComponent(s)",
    ),
    (
        "normalize",
        "const s = '\\u00e9\\u1e9b\\u0323'.repeat(1e6)",
        "for (;;) s.normalize('NFD')",
    ),
    (
        "toUpperCase",
        "const s = 'a\\u00df'.repeat(5e6)",
        "for (;;) s.toUpperCase()",
    ),
    (
        "source of 1 MB",
        "let n = 0, s = 'f(a + b, [1, x]);'.repeat(6e4)",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 10 MB",
        "let n = 0, s = 'f(a + b, [1, x]);'.repeat(6e5)",
        "for (;;) Function(s + n++)",
    ),
    (
        "rope, appended to",
        "let s",
        "for (;;) { s = 'ab'; for (let i = 0; i < 26; i++) s += s; for (let i = 0; i < 9; i++) s += i }",
    ),
    (
        "strings, compared",
        "const s = 'a'.repeat(2 ** 28), t = 'a'.repeat(2 ** 28)",
        "for (;;) s === t",
    ),
    (
        "string as a key",
        "const s = 'a'.repeat(2 ** 28), m = new Map",
        "for (;;) m.get(s + '')",
    ),
    (
        "jobs",
        "",
        "Promise.resolve().then(function f() { for (;;); }); for (;;) Promise.resolve(1)",
    ),
    // Strings
    (
        "replaceAll",
        "const s = 'ab'.repeat(5e6)",
        "for (;;) s.replaceAll('a', 'xyz')",
    ),
    (
        "replaceAll, function",
        "const s = 'ab'.repeat(1e6)",
        "for (;;) s.replaceAll('a', x => x + 'y')",
    ),
    (
        "replaceAll, nothing found",
        "const s = 'ab'.repeat(1e8)",
        "s.charCodeAt(1); for (;;) s.replaceAll('aa', 'xyz')",
    ),
    (
        "replace, regexp",
        "const s = 'ab'.repeat(2e6)",
        "for (;;) s.replace(/a/g, '<$&>')",
    ),
    (
        "split",
        "const s = 'ab,'.repeat(3e6)",
        "for (;;) s.split(',')",
    ),
    (
        "split, units",
        "const s = 'ab,'.repeat(3e6)",
        "for (;;) s.split('')",
    ),
    (
        "split, wide units",
        "const s = '\\u1234'.repeat(3e6)",
        "for (;;) s.split('')",
    ),
    (
        "padEnd, wide",
        "",
        "for (;;) '\\u1234'.padEnd(2 ** 27, 'ab').charCodeAt(9)",
    ),
    (
        "localeCompare",
        "const s = 'a'.repeat(5e7), t = s + 'b'",
        "t.charCodeAt(4); for (;;) s.localeCompare(t)",
    ),
    (
        "localeCompare, wide",
        "const s = '\\u00e9\\u1e9b'.repeat(3e6), t = s + 'b'",
        "t.charCodeAt(4); for (;;) s.localeCompare(t)",
    ),
    (
        "includes, string",
        "const s = 'a'.repeat(3e8)",
        "s.charCodeAt(4); for (;;) s.includes('b')",
    ),
    (
        "includes, wide",
        "const s = 'a\\u1234'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) s.includes('b')",
    ),
    (
        "lastIndexOf, string",
        "const s = 'a'.repeat(3e8)",
        "s.charCodeAt(4); for (;;) s.lastIndexOf('b')",
    ),
    (
        "lastIndexOf, part",
        "const s = 'a'.repeat(1e6), t = 'b' + 'a'.repeat(5e5)",
        "for (;;) s.lastIndexOf(t)",
    ),
    (
        "startsWith",
        "const s = 'a'.repeat(3e8), t = 'a'.repeat(3e8)",
        "s.charCodeAt(4); t.charCodeAt(4); for (;;) s.startsWith(t)",
    ),
    (
        "endsWith",
        "const s = 'a'.repeat(3e8), t = 'a'.repeat(3e8)",
        "s.charCodeAt(4); t.charCodeAt(4); for (;;) s.endsWith(t)",
    ),
    (
        "trim",
        "const s = ' '.repeat(3e8)",
        "s.charCodeAt(4); for (;;) s.trim()",
    ),
    (
        "trim, wide",
        "const s = '\\u2003'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) s.trim()",
    ),
    (
        "slice of wide",
        "const s = '\\u1234'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) s.slice(1)",
    ),
    (
        "slice, narrowed",
        "const s = 'a'.repeat(1e8) + '\\u1234'",
        "s.charCodeAt(4); for (;;) s.slice(1, -1)",
    ),
    (
        "toLowerCase",
        "const s = 'A'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) s.toLowerCase()",
    ),
    (
        "toLowerCase, unchanged",
        "const s = 'a'.repeat(3e8)",
        "s.charCodeAt(4); for (;;) s.toLowerCase()",
    ),
    (
        "toLowerCase, wide",
        "const s = '\\u0130\\u1234'.repeat(1e7)",
        "s.charCodeAt(4); for (;;) s.toLowerCase()",
    ),
    (
        "toLocaleUpperCase",
        "const s = 'a\\u1234i'.repeat(1e7)",
        "s.charCodeAt(4); for (;;) s.toLocaleUpperCase('tr')",
    ),
    (
        "toWellFormed",
        "const s = 'a\\ud800'.repeat(1e7)",
        "s.charCodeAt(4); for (;;) s.toWellFormed()",
    ),
    (
        "isWellFormed",
        "const s = 'a\\u1234'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) s.isWellFormed()",
    ),
    (
        "normalize, nothing to do",
        "const s = 'a'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) s.normalize()",
    ),
    (
        "normalize, many marks",
        "const s = 'a' + '\\u0301\\u0323'.repeat(1e6)",
        "for (;;) s.normalize()",
    ),
    (
        "template",
        "const s = 'a'.repeat(1e8), t = '\\u1234'",
        "for (;;) `${s}${t}${s}`.charCodeAt(2)",
    ),
    (
        "String.raw",
        "const s = 'a'.repeat(1e8)",
        "for (;;) String.raw({ raw: [s, s, s] }, s, s).charCodeAt(4)",
    ),
    (
        "concat, string",
        "const s = 'a'.repeat(1e7)",
        "for (;;) s.concat(s, s, s, s, s, s).charCodeAt(4)",
    ),
    (
        "String.fromCharCode.apply",
        "const a = new Array(1e5).fill(0x1234)",
        "for (;;) String.fromCharCode.apply(null, a)",
    ),
    (
        "string iterator",
        "const s = '\\u1234'.repeat(3e6)",
        "for (;;) [...s]",
    ),
    (
        "string compared <",
        "const s = 'a'.repeat(3e8), t = 'a'.repeat(3e8)",
        "for (;;) s < t",
    ),
    (
        "string as property",
        "const s = 'a'.repeat(1e8), o = {}",
        "for (;;) o[s + 'b']",
    ),
    (
        "string as wide property",
        "const s = '\\u1234'.repeat(5e7), o = {}",
        "for (;;) o[s + 'b']",
    ),
    (
        "Symbol, long description",
        "const s = 'a'.repeat(1e8)",
        "for (;;) Symbol(s).toString().charCodeAt(4)",
    ),
    (
        "Symbol.for",
        "const s = 'a'.repeat(1e8)",
        "for (;;) Symbol.for(s + 'b')",
    ),
    (
        "escape",
        "const s = '\\u1234'.repeat(3e6)",
        "for (;;) escape(s)",
    ),
    (
        "unescape",
        "const s = '%u1234'.repeat(3e6)",
        "for (;;) unescape(s)",
    ),
    (
        "decodeURIComponent",
        "const s = '%E1%88%B4'.repeat(3e6)",
        "for (;;) decodeURIComponent(s)",
    ),
    (
        "encodeURI, narrow",
        "const s = 'a'.repeat(3e7)",
        "for (;;) encodeURI(s)",
    ),
    (
        "RegExp.escape",
        "const s = '-'.repeat(3e6)",
        "for (;;) RegExp.escape?.(s) ?? escape(s)",
    ),
    (
        "anchor",
        "const s = '\"'.repeat(1e7)",
        "for (;;) 'a'.anchor(s)",
    ),
    // Numbers
    (
        "Number of text",
        "const s = '1'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) Number(s)",
    ),
    (
        "Number of hexadecimal",
        "const s = '0x' + '1'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) Number(s)",
    ),
    (
        "Number of spaces",
        "const s = ' '.repeat(1e8) + 'x'",
        "s.charCodeAt(4); for (;;) Number(s)",
    ),
    (
        "parseFloat",
        "const s = '1'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) parseFloat(s)",
    ),
    (
        "parseInt",
        "const s = '1'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) parseInt(s)",
    ),
    (
        "parseInt, radix 3",
        "const s = '1'.repeat(1e7)",
        "s.charCodeAt(4); for (;;) parseInt(s, 3)",
    ),
    (
        "Date.parse",
        "const s = '1'.repeat(3e7)",
        "s.charCodeAt(4); for (;;) Date.parse(s)",
    ),
    (
        "Date.parse, words",
        "const s = 'Jan (x) '.repeat(3e6)",
        "s.charCodeAt(4); for (;;) Date.parse(s)",
    ),
    // BigInts
    ("BigInt +", "const x = 1n << 2n ** 29n", "for (;;) x + 1n"),
    ("BigInt -", "const x = 1n << 2n ** 29n", "for (;;) x - 1n"),
    ("BigInt >>", "const x = 1n << 2n ** 29n", "for (;;) x >> 3n"),
    (
        "BigInt &",
        "const x = (1n << 2n ** 29n) - 1n",
        "for (;;) x & x",
    ),
    (
        "BigInt |, negative",
        "const x = 1n - (1n << 2n ** 28n)",
        "for (;;) x | -x",
    ),
    ("BigInt ~", "const x = 1n << 2n ** 29n", "for (;;) ~x"),
    ("BigInt negated", "const x = 1n << 2n ** 29n", "for (;;) -x"),
    ("BigInt %", "const x = 3n ** 2000000n", "for (;;) x % 10n"),
    (
        "BigInt compared",
        "const x = 1n << 2n ** 29n, y = 1n << 2n ** 29n",
        "for (;;) x === y",
    ),
    (
        "BigInt compared with number",
        "const x = 1n << 2n ** 29n",
        "for (;;) x < 1.5",
    ),
    (
        "BigInt as Number",
        "const x = 1n << 2n ** 29n",
        "for (;;) Number(x)",
    ),
    (
        "BigInt toString(16)",
        "const x = 1n << 2n ** 27n",
        "for (;;) x.toString(16)",
    ),
    (
        "BigInt of hexadecimal",
        "const s = '0x' + 'f'.repeat(2e7)",
        "for (;;) BigInt(s)",
    ),
    (
        "BigInt of spaces",
        "const s = ' '.repeat(1e8)",
        "s.charCodeAt(4); for (;;) BigInt(s)",
    ),
    (
        "BigInt as a key",
        "const x = (1n << 2n ** 29n), m = new Map",
        "for (;;) m.get(x)",
    ),
    (
        "BigInt.asIntN",
        "const x = 1n << 2n ** 29n",
        "for (;;) BigInt.asIntN(2 ** 28, x - 1n)",
    ),
    (
        "BigInt ++",
        "let x = (1n << 2n ** 29n) - 1n",
        "for (;;) x++",
    ),
    (
        "BigInt *, one digit",
        "let x = (1n << 2n ** 29n) - 1n",
        "for (;;) x * 3n",
    ),
    (
        "BigInt /, one digit",
        "let x = (1n << 2n ** 29n) - 1n",
        "for (;;) x / 3n",
    ),
    (
        "BigInt, uneven *",
        "let x = 3n ** 3000000n, y = 7n ** 100000n",
        "for (;;) x * y",
    ),
    // Arrays
    (
        "reverse",
        "const a = new Array(3e7).fill(1)",
        "for (;;) a.reverse()",
    ),
    (
        "toReversed",
        "const a = new Array(3e6).fill(1)",
        "for (;;) a.toReversed()",
    ),
    (
        "includes",
        "const a = new Array(3e7).fill(1)",
        "for (;;) a.includes(2)",
    ),
    (
        "lastIndexOf",
        "const a = new Array(3e7).fill(1)",
        "for (;;) a.lastIndexOf(2)",
    ),
    (
        "indexOf of string",
        "const a = new Array(1e4).fill('x'.repeat(1e5)).map((s, i) => s + i)",
        "for (;;) a.indexOf('x'.repeat(1e5) + 'y')",
    ),
    (
        "slice",
        "const a = new Array(1e7).fill(1)",
        "for (;;) a.slice()",
    ),
    (
        "with",
        "const a = new Array(1e7).fill(1)",
        "for (;;) a.with(0, 2)",
    ),
    (
        "toSpliced",
        "const a = new Array(1e7).fill(1)",
        "for (;;) a.toSpliced(1, 1)",
    ),
    (
        "toSorted",
        "const a = Array.from({ length: 1e6 }, (_, i) => (i * 7919) % 1000)",
        "for (;;) a.toSorted()",
    ),
    (
        "sort, doubles",
        "const a = Array.from({ length: 1e6 }, (_, i) => (i * 7919) % 1000 / 8)",
        "for (;;) [...a].sort()",
    ),
    (
        "flat",
        "const a = new Array(1e6).fill([1, 2])",
        "for (;;) a.flat()",
    ),
    (
        "flatMap",
        "const a = new Array(1e6).fill(1)",
        "for (;;) a.flatMap(x => [x, x])",
    ),
    (
        "map",
        "const a = new Array(1e7).fill(1)",
        "for (;;) a.map(x => x)",
    ),
    (
        "filter",
        "const a = new Array(1e7).fill(1)",
        "for (;;) a.filter(x => x)",
    ),
    (
        "Array.from, length",
        "",
        "for (;;) Array.from({ length: 1e7 })",
    ),
    (
        "Array.from, Set",
        "const s = new Set(Array(3e6).keys())",
        "for (;;) Array.from(s)",
    ),
    ("Array.from, keys", "", "for (;;) [...Array(3e6).keys()]"),
    (
        "Array.of",
        "const a = new Array(1e5).fill(1)",
        "for (;;) Array.of(...a)",
    ),
    (
        "push, spread",
        "const a = new Array(1e5).fill(1)",
        "let b = []; for (;;) { b.push(...a); if (b.length > 2e7) b = [] }",
    ),
    (
        "push",
        "",
        "for (;;) { const b = []; for (let i = 0; i < 3e7; i++) b.push(i) }",
    ),
    (
        "length = 0",
        "",
        "for (;;) { const b = new Array(3e7).fill(1); b.length = 0 }",
    ),
    (
        "length, holes",
        "",
        "for (;;) { const b = []; b.length = 3e7; b[2e7] = 1 }",
    ),
    (
        "sparse",
        "",
        "for (;;) { const b = []; for (let i = 0; i < 1e6; i++) b[i * 5000] = i; b.length = 0 }",
    ),
    (
        "sparse, sorted",
        "const b = []; for (let i = 0; i < 1e6; i++) b[i * 5000] = -i",
        "for (;;) b.toSorted?.()",
    ),
    (
        "sparse, forEach",
        "const b = []; for (let i = 0; i < 1e6; i++) b[i * 5000] = -i",
        "for (;;) b.forEach(x => x)",
    ),
    (
        "array literal",
        "const s = '[' + '1,'.repeat(1e5) + ']'",
        "const f = Function('return ' + s); for (;;) f()",
    ),
    (
        "array destructuring",
        "const a = new Array(1e7).fill(1)",
        "for (;;) { const [b, ...c] = a }",
    ),
    (
        "rest parameter",
        "const a = new Array(1e5).fill(1), f = (...r) => r",
        "for (;;) f(...a)",
    ),
    (
        "arguments",
        "const a = new Array(1e5).fill(1); function f() { return arguments }",
        "for (;;) f(...a)",
    ),
    (
        "array-likes",
        "const o = { length: 1e7 }",
        "for (;;) Array.prototype.slice.call(o)",
    ),
    (
        "Array.prototype.fill.call",
        "",
        "for (;;) Array.prototype.fill.call({ length: 1e6 }, 1)",
    ),
    ("boxed doubles", "", "for (;;) new Array(1e7).fill(1.5)"),
    (
        "array frozen",
        "",
        "for (;;) Object.freeze(new Array(1e6).fill(1))",
    ),
    (
        "for in",
        "const a = new Array(3e6).fill(1)",
        "for (;;) for (const k in a) break",
    ),
    (
        "for in, object",
        "const o = {}; for (let i = 0; i < 1e6; i++) o['k' + i] = i",
        "for (;;) for (const k in o) break",
    ),
    // Objects
    (
        "Object.keys of array",
        "const a = new Array(3e6).fill(1)",
        "for (;;) Object.keys(a)",
    ),
    (
        "Object.keys of string",
        "const s = 'x'.repeat(3e6)",
        "for (;;) Object.keys(s)",
    ),
    (
        "Object.values",
        "const a = new Array(3e6).fill(1)",
        "for (;;) Object.values(a)",
    ),
    (
        "Object.entries",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Object.entries(o)",
    ),
    (
        "Object.fromEntries",
        "const a = Array.from({ length: 3e5 }, (_, i) => ['k' + i, i])",
        "for (;;) Object.fromEntries(a)",
    ),
    (
        "Object.assign",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Object.assign({}, o)",
    ),
    (
        "Object.assign of array",
        "const a = new Array(3e6).fill(1)",
        "for (;;) Object.assign([], a)",
    ),
    (
        "object spread",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) ({ ...o })",
    ),
    (
        "object rest",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) { const { k0, ...r } = o }",
    ),
    (
        "spread of array in object",
        "const a = new Array(3e6).fill(1)",
        "for (;;) ({ ...a })",
    ),
    (
        "Object.freeze",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Object.freeze({ ...o })",
    ),
    (
        "Object.isFrozen",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i; Object.freeze(o)",
        "for (;;) Object.isFrozen(o)",
    ),
    (
        "getOwnPropertyNames",
        "const a = new Array(3e6).fill(1)",
        "for (;;) Object.getOwnPropertyNames(a)",
    ),
    (
        "getOwnPropertyDescriptors",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Object.getOwnPropertyDescriptors(o)",
    ),
    (
        "Object.groupBy",
        "const a = new Array(1e6).fill(1)",
        "for (;;) Object.groupBy(a, x => x)",
    ),
    (
        "defineProperties",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = { value: 1 }",
        "for (;;) Object.defineProperties({}, o)",
    ),
    (
        "properties deleted",
        "",
        "for (;;) { const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i; for (let i = 0; i < 3e5; i++) delete o['k' + i] }",
    ),
    (
        "prototype chain",
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (;;) o.x",
    ),
    (
        "prototype chain, in",
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (;;) 'x' in o",
    ),
    (
        "prototype chain, for in",
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (;;) for (const k in o) break",
    ),
    (
        "prototype chain, instanceof",
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o); class A {}",
        "for (;;) o instanceof A",
    ),
    (
        "prototype set",
        "let o = {}; for (let i = 0; i < 9e4; i++) o = Object.create(o)",
        "for (;;) Object.setPrototypeOf({}, o)",
    ),
    (
        "proxies of proxies",
        "let p = {}; for (let i = 0; i < 5e3; i++) p = new Proxy(p, {})",
        "for (;;) try { p.x } catch {}",
    ),
    (
        "bound functions",
        "let f = () => 1; for (let i = 0; i < 5e3; i++) f = f.bind(null, 1)",
        "for (;;) try { f() } catch {}",
    ),
    (
        "bound arguments",
        "let a = new Array(5e4).fill(1), f = Math.max.bind(null, ...a)",
        "for (;;) f(...a)",
    ),
    (
        "Reflect.ownKeys",
        "const o = {}; for (let i = 0; i < 3e5; i++) o['k' + i] = i",
        "for (;;) Reflect.ownKeys(o)",
    ),
    (
        "structured",
        "const o = Array.from({ length: 3e5 }, (_, i) => ({ i }))",
        "for (;;) JSON.parse(JSON.stringify(o))",
    ),
    // Collections
    (
        "Map, constructed",
        "const a = Array.from({ length: 1e6 }, (_, i) => [i, i])",
        "for (;;) new Map(a)",
    ),
    (
        "Map, cleared",
        "",
        "for (;;) { const m = new Map; for (let i = 0; i < 3e6; i++) m.set(i, i); m.clear() }",
    ),
    (
        "Map, of strings",
        "",
        "for (;;) { const m = new Map; for (let i = 0; i < 3e6; i++) m.set('k' + i, i) }",
    ),
    (
        "Map, deleted",
        "",
        "for (;;) { const m = new Map; for (let i = 0; i < 3e6; i++) m.set(i, i); for (let i = 0; i < 3e6; i++) m.delete(i) }",
    ),
    (
        "Map.groupBy",
        "const a = new Array(1e6).fill(1)",
        "for (;;) Map.groupBy(a, x => x)",
    ),
    (
        "Set, constructed",
        "const a = Array.from({ length: 3e6 }, (_, i) => i)",
        "for (;;) new Set(a)",
    ),
    (
        "Set of Set",
        "const a = new Set(Array(3e6).keys())",
        "for (;;) new Set(a)",
    ),
    (
        "Set.difference",
        "const a = new Set(Array(3e6).keys())",
        "for (;;) a.difference(a)",
    ),
    (
        "Set.isSubsetOf",
        "const a = new Set(Array(3e6).keys())",
        "for (;;) a.isSubsetOf(a)",
    ),
    (
        "Map.forEach",
        "const a = new Map; for (let i = 0; i < 3e6; i++) a.set(i, i)",
        "for (;;) a.forEach(x => x)",
    ),
    (
        "Map spread",
        "const a = new Map; for (let i = 0; i < 1e6; i++) a.set(i, i)",
        "for (;;) [...a]",
    ),
    (
        "WeakMap",
        "",
        "for (;;) { const m = new WeakMap, a = []; for (let i = 0; i < 1e6; i++) { const k = {}; a.push(k); m.set(k, i) } }",
    ),
    (
        "WeakRef",
        "",
        "for (;;) { const a = []; for (let i = 0; i < 1e6; i++) a.push(new WeakRef({})) }",
    ),
    (
        "FinalizationRegistry",
        "const r = new FinalizationRegistry(() => {})",
        "for (;;) { const a = []; for (let i = 0; i < 1e6; i++) { const k = {}; a.push(k); r.register(k, 1, k) } }",
    ),
    (
        "FinalizationRegistry, unregister",
        "const r = new FinalizationRegistry(() => {}), a = []; for (let i = 0; i < 1e6; i++) { const k = {}; a.push(k); r.register(k, 1, k) }",
        "for (;;) r.unregister({})",
    ),
    // Garbage
    (
        "objects",
        "",
        "for (;;) { const a = []; for (let i = 0; i < 3e6; i++) a.push({ i }) }",
    ),
    (
        "objects, all live",
        "const all = []; for (let i = 0; i < 3e6; i++) all.push({ i })",
        "for (;;) ({})",
    ),
    (
        "objects, old array written",
        "const all = []; for (let i = 0; i < 3e6; i++) all.push({ i })",
        "for (let i = 0;; i++) all[i * 7919 % 3e6] = { i }",
    ),
    (
        "linked list",
        "let l = null; for (let i = 0; i < 3e6; i++) l = { l }",
        "for (;;) ({ l })",
    ),
    (
        "large array of young",
        "",
        "let a; for (;;) { a = new Array(1e6).fill(0).map(() => ({})) }",
    ),
    (
        "strings in an array",
        "",
        "for (;;) { const a = []; for (let i = 0; i < 1e6; i++) a.push('k' + i) }",
    ),
    (
        "atoms",
        "",
        "for (;;) { let o = {}; for (let i = 0; i < 1e6; i++) o['k' + i] = 1; o = 0 }",
    ),
    // Buffers
    ("ArrayBuffer", "", "for (;;) new ArrayBuffer(1e8)"),
    (
        "ArrayBuffer.slice",
        "const b = new ArrayBuffer(1e8)",
        "for (;;) b.slice(0)",
    ),
    (
        "ArrayBuffer.transfer",
        "",
        "for (;;) new ArrayBuffer(5e7).transfer(1e8)",
    ),
    (
        "ArrayBuffer.resize",
        "",
        "for (;;) { const b = new ArrayBuffer(0, { maxByteLength: 1e8 }); b.resize(1e8); b.resize(1) }",
    ),
    (
        "SharedArrayBuffer",
        "",
        "for (;;) new SharedArrayBuffer(1e8)",
    ),
    (
        "SharedArrayBuffer.slice",
        "const b = new SharedArrayBuffer(1e8)",
        "for (;;) b.slice(0)",
    ),
    (
        "typed array, copied",
        "const a = new Uint8Array(1e8)",
        "for (;;) new Uint8Array(a)",
    ),
    (
        "typed array, converted",
        "const a = new Uint8Array(3e7)",
        "for (;;) new Float64Array(a)",
    ),
    (
        "typed array, set",
        "const a = new Uint8Array(1e8), b = new Uint8Array(1e8)",
        "for (;;) a.set(b)",
    ),
    (
        "typed array, set converted",
        "const a = new Float64Array(3e7), b = new Uint8Array(3e7)",
        "for (;;) a.set(b)",
    ),
    (
        "typed array, set array",
        "const a = new Float64Array(3e7), b = new Array(3e7).fill(1)",
        "for (;;) a.set(b)",
    ),
    (
        "typed array, slice",
        "const a = new Uint8Array(1e8)",
        "for (;;) a.slice()",
    ),
    (
        "typed array, copyWithin",
        "const a = new Uint8Array(2e8)",
        "for (;;) a.copyWithin(1)",
    ),
    (
        "typed array, reverse",
        "const a = new Uint8Array(2e8)",
        "for (;;) a.reverse()",
    ),
    (
        "typed array, toReversed",
        "const a = new Uint8Array(1e8)",
        "for (;;) a.toReversed()",
    ),
    (
        "typed array, indexOf",
        "const a = new Uint8Array(2e8)",
        "for (;;) a.indexOf(2)",
    ),
    (
        "typed array, includes",
        "const a = new Float64Array(3e7)",
        "for (;;) a.includes(2)",
    ),
    (
        "typed array, lastIndexOf",
        "const a = new Float64Array(3e7)",
        "for (;;) a.lastIndexOf(2)",
    ),
    (
        "typed array, join",
        "const a = new Uint8Array(1e7)",
        "for (;;) a.join()",
    ),
    (
        "typed array, with",
        "const a = new Uint8Array(1e8)",
        "for (;;) a.with(0, 1)",
    ),
    (
        "typed array, toSorted",
        "const a = new Uint8Array(3e6).map((_, i) => i * 7919)",
        "for (;;) a.toSorted()",
    ),
    (
        "typed array, map",
        "const a = new Uint8Array(3e6)",
        "for (;;) a.map(x => x)",
    ),
    (
        "typed array, filter",
        "const a = new Uint8Array(3e6)",
        "for (;;) a.filter(x => !x)",
    ),
    (
        "typed array, spread",
        "const a = new Uint8Array(1e7)",
        "for (;;) [...a]",
    ),
    (
        "typed array, Array.from",
        "const a = new Uint8Array(1e7)",
        "for (;;) Array.from(a)",
    ),
    (
        "typed array, fill doubles",
        "const a = new Float64Array(3e7)",
        "for (;;) a.fill(1.5)",
    ),
    (
        "typed array, shared fill",
        "const a = new Uint8Array(new SharedArrayBuffer(1e8))",
        "for (;;) a.fill(7)",
    ),
    (
        "typed array, shared copyWithin",
        "const a = new Uint8Array(new SharedArrayBuffer(1e8))",
        "for (;;) a.copyWithin(1)",
    ),
    (
        "typed array, of an iterable",
        "",
        "for (;;) new Uint8Array(function* () { for (let i = 0; i < 1e6; i++) yield i }())",
    ),
    (
        "typed array, keys",
        "const a = new Uint8Array(3e6)",
        "for (;;) Object.keys(a)",
    ),
    (
        "Uint8Array.toBase64",
        "const a = new Uint8Array(3e7)",
        "for (;;) a.toBase64 ? a.toBase64() : a.join()",
    ),
    (
        "Uint8Array.fromBase64",
        "const s = 'AAAA'.repeat(1e7)",
        "for (;;) Uint8Array.fromBase64 ? Uint8Array.fromBase64(s) : s.split('')",
    ),
    (
        "Uint8Array.toHex",
        "const a = new Uint8Array(3e7)",
        "for (;;) a.toHex ? a.toHex() : a.join()",
    ),
    (
        "Uint8Array.fromHex",
        "const s = '00'.repeat(1e7)",
        "for (;;) Uint8Array.fromHex ? Uint8Array.fromHex(s) : s.split('')",
    ),
    (
        "Atomics",
        "const a = new Int32Array(new SharedArrayBuffer(8))",
        "for (;;) { Atomics.add(a, 0, 1); Atomics.notify(a, 0) }",
    ),
    (
        "Atomics.wait",
        "const a = new Int32Array(new SharedArrayBuffer(8))",
        "for (;;) try { Atomics.wait(a, 0, 0, 1) } catch {}",
    ),
    // JSON
    (
        "JSON.stringify, wide string",
        "const s = '\\u1234\\ud800'.repeat(5e6)",
        "for (;;) JSON.stringify(s)",
    ),
    (
        "JSON.stringify, plain string",
        "const s = 'x'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) JSON.stringify(s)",
    ),
    (
        "JSON.stringify, long key",
        "const s = 'x'.repeat(1e8), o = { [s]: 1 }",
        "for (;;) JSON.stringify(o)",
    ),
    (
        "JSON.stringify, indented",
        "const o = Array.from({ length: 3e5 }, (_, i) => ({ i }))",
        "for (;;) JSON.stringify(o, null, 2)",
    ),
    (
        "JSON.stringify, holes",
        "const o = []; o.length = 1e7",
        "for (;;) JSON.stringify(o)",
    ),
    (
        "JSON.parse, spaces",
        "const s = ' '.repeat(1e8) + '1'",
        "s.charCodeAt(4); for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, number",
        "const s = '1'.repeat(1e8)",
        "s.charCodeAt(4); for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, escapes",
        "const s = '\"' + '\\\\n'.repeat(1e7) + '\"'",
        "s.charCodeAt(4); for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, wide",
        "const s = '\"' + '\\u1234'.repeat(3e7) + '\"'",
        "s.charCodeAt(4); for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, objects",
        "const s = '[' + '{\"a\":1},'.repeat(5e5) + '1]'",
        "for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, many keys",
        "const s = '{' + Array.from({ length: 3e5 }, (_, i) => '\"k' + i + '\":1').join() + '}'",
        "for (;;) JSON.parse(s)",
    ),
    (
        "JSON.parse, reviver",
        "const s = '[' + '1,'.repeat(5e5) + '1]'",
        "for (;;) JSON.parse(s, (k, v) => v)",
    ),
    (
        "JSON.parse, long key",
        "const s = '{\"' + 'x'.repeat(5e7) + '\":1}'",
        "for (;;) JSON.parse(s)",
    ),
    (
        "JSON.rawJSON",
        "const s = '1'.repeat(5e7)",
        "s.charCodeAt(4); for (;;) JSON.rawJSON ? JSON.rawJSON(s) : JSON.parse(s)",
    ),
    // Regular expressions
    (
        "regexp, named groups",
        "const s = 'ab'.repeat(1e6)",
        "for (;;) s.replace(/(?<x>a)(?<y>b)/g, '$<y>$<x>')",
    ),
    (
        "regexp, lookbehind",
        "const s = 'a'.repeat(1e6)",
        "for (;;) /(?<=b.*)a/.test(s)",
    ),
    (
        "regexp, lookahead",
        "const s = 'a'.repeat(1e6)",
        "for (;;) /(?=.*b)a/.test(s)",
    ),
    (
        "regexp, backreference",
        "const s = 'a'.repeat(1e6)",
        "for (;;) /(a+)\\1b/.test(s)",
    ),
    (
        "regexp, long backreference",
        "const s = 'a'.repeat(1e7)",
        "for (;;) /^(a*)\\1$/.test(s)",
    ),
    (
        "regexp, greedy",
        "const s = 'a'.repeat(3e7)",
        "for (;;) /^[ab]*c/.test(s)",
    ),
    (
        "regexp, lazy",
        "const s = 'a'.repeat(1e7)",
        "for (;;) /^[ab]*?c/.test(s)",
    ),
    (
        "regexp, groups repeated",
        "const s = 'ab'.repeat(3e6)",
        "for (;;) /^(?:(a)(b))*c/.test(s)",
    ),
    (
        "regexp, literal",
        "const s = 'abcabd'.repeat(3e7)",
        "s.charCodeAt(3); for (;;) /abcabe/.test(s)",
    ),
    (
        "regexp, alternatives",
        "const s = 'abcabd'.repeat(1e7)",
        "s.charCodeAt(3); for (;;) /abce|abde|xyz/.test(s)",
    ),
    (
        "regexp, unicode",
        "const s = '\\u{1f600}'.repeat(3e6)",
        "for (;;) /\\p{Lu}/u.test(s)",
    ),
    (
        "regexp, sets",
        "const s = '\\u{1f600}'.repeat(1e6)",
        "for (;;) /[\\p{RGI_Emoji}--\\q{\\u{1f600}}]/v.test(s)",
    ),
    (
        "regexp, sticky",
        "const s = 'a'.repeat(1e7)",
        "const r = /a/y; for (;;) r.exec(s)",
    ),
    (
        "regexp, split",
        "const s = 'ab'.repeat(2e6)",
        "for (;;) s.split(/b/)",
    ),
    (
        "regexp, matchAll",
        "const s = 'ab'.repeat(1e6)",
        "for (;;) [...s.matchAll(/a/g)]",
    ),
    (
        "regexp, search from the end",
        "const s = 'a'.repeat(3e7)",
        "for (;;) /b$/.test(s)",
    ),
    (
        "regexp, many groups",
        "let n = 0, s = '(a)'.repeat(3e4)",
        "for (;;) new RegExp(s + n++)",
    ),
    (
        "regexp, big class",
        "let n = 0, s = '[' + Array.from({ length: 2e4 }, (_, i) => String.fromCharCode(0x1000 + 2 * i)).join('') + ']'",
        "for (;;) new RegExp(s + n++)",
    ),
    (
        "regexp, ignoring case compiled",
        "let n = 0, s = '[\\\\u0100-\\\\uffff]'.repeat(300)",
        "for (;;) new RegExp(s + n++, 'iu')",
    ),
    (
        "regexp, properties",
        "let n = 0, s = '\\\\p{L}'.repeat(1e4)",
        "for (;;) new RegExp(s + n++, 'iu')",
    ),
    (
        "regexp, counted",
        "let n = 0, s = '(?:a{0,1000}){0,1000}'",
        "for (;;) new RegExp(s + n++)",
    ),
    (
        "regexp, long literal",
        "let n = 0, s = 'a'.repeat(3e6)",
        "for (;;) new RegExp(s + n++)",
    ),
    (
        "regexp, wrong",
        "let n = 0, s = 'a'.repeat(3e6) + '('",
        "for (;;) try { new RegExp(s + n++) } catch {}",
    ),
    (
        "regexp, legacy statics",
        "const s = 'ab'.repeat(1e7) + '\\u1234'",
        "/b/.test(s); for (;;) RegExp['$\'']",
    ),
    (
        "regexp, source",
        "const r = new RegExp('/'.repeat(1e6))",
        "for (;;) r.source",
    ),
    // Functions and errors
    (
        "source of 1 MB, string",
        "let n = 0, s = '\"' + 'x'.repeat(1e6) + '\"'",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 1 MB, comment",
        "let n = 0, s = '/*' + 'x'.repeat(1e6) + '*/'",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 1 MB, names",
        "let n = 0, s = Array.from({ length: 6e4 }, (_, i) => 'var name' + i + ';').join('')",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 1 MB, functions",
        "let n = 0, s = 'function f(a) { return a }'.repeat(4e4)",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 1 MB, wide",
        "let n = 0, s = 'f(\"\\u1234\", a + b);'.repeat(6e4)",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 1 MB, wrong",
        "let n = 0, s = 'f(a + b, [1, x]);'.repeat(6e4) + '}'",
        "for (;;) try { Function(s + n++) } catch {}",
    ),
    (
        "source of 1 MB, eval",
        "let n = 0, s = 'a + b;'.repeat(1.6e5)",
        "for (;;) try { (0, eval)(s + n++) } catch {}",
    ),
    (
        "source of 1 MB, template",
        "let n = 0, s = '`' + '${x}'.repeat(2.5e5) + '`'",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 1 MB, classes",
        "let n = 0, s = 'class A { #a; b() { this.#a } }'.repeat(3e4)",
        "for (;;) Function('{' + s.replaceAll('class A', '}{class A') + '}' + n++)",
    ),
    (
        "source of 1 MB, lets",
        "let n = 0, s = Array.from({ length: 6e4 }, (_, i) => 'let n' + i + '=1;').join('')",
        "for (;;) Function(s + n++)",
    ),
    (
        "source of 100 MB, comment",
        "let n = 0, s = '//' + 'x'.repeat(1e8)",
        "for (;;) Function(s + n++)",
    ),
    (
        "function as text",
        "const f = Function('/*' + 'x'.repeat(3e7) + '*/')",
        "for (;;) String(f)",
    ),
    (
        "error, long message",
        "const s = 'x'.repeat(3e7)",
        "for (;;) new Error(s).stack",
    ),
    (
        "error, wide message",
        "const s = '\\u1234'.repeat(3e7)",
        "for (;;) new Error(s).stack",
    ),
    (
        "error, long name",
        "const s = 'x'.repeat(3e7)",
        "for (;;) { const e = new Error; e.name = s; e.toString().charCodeAt(2) }",
    ),
    (
        "error, long value",
        "const s = 'x'.repeat(3e7)",
        "s.charCodeAt(2); for (;;) try { s() } catch {}",
    ),
    (
        "error, long key",
        "const s = 'x'.repeat(3e7)",
        "s.charCodeAt(2); for (;;) try { null[s] } catch {}",
    ),
    (
        "error, caught in depth",
        "const f = n => n ? f(n - 1) : null.x",
        "for (;;) try { f(5000) } catch {}",
    ),
    (
        "function, long name",
        "const s = 'x'.repeat(3e7), o = { [s]() {} }",
        "for (;;) { o[s].name + ''; o[s].bind() }",
    ),
    (
        "AggregateError",
        "const a = new Array(1e6).fill(1)",
        "for (;;) new AggregateError(a)",
    ),
    (
        "eval",
        "",
        "for (let i = 0;; i++) (0, eval)('var a' + i % 1e5)",
    ),
    // Iterators and jobs
    (
        "iterator helpers",
        "const a = new Array(1e6).fill(1)",
        "for (;;) a.values().map(x => x).filter(x => x).toArray()",
    ),
    (
        "iterator drop",
        "",
        "for (;;) Iterator.from({ next: () => ({}) }).drop(Infinity).next()",
    ),
    (
        "iterator of array, drop",
        "const a = new Array(3e7).fill(1)",
        "for (;;) a.values().drop(3e7).next()",
    ),
    (
        "Promise.all",
        "const a = new Array(3e5).fill(1)",
        "for (;;) Promise.all(a)",
    ),
    (
        "promise, many reactions",
        "const p = new Promise(() => 0)",
        "for (;;) p.then()",
    ),
    (
        "promise, resolved with reactions",
        "",
        "for (;;) { let r; const p = new Promise(x => r = x); for (let i = 0; i < 3e5; i++) p.then(); r() }",
    ),
    (
        "generator",
        "function* g() { for (;;) yield }",
        "for (const x of g());",
    ),
];
