// A hundred thousand calls deep, by every way in which one call leads to another.
const N = 1e5;

//# a function calls itself => RangeError
(function f(n) { return n ? 1 + f(n - 1) : 0 })(N)

//# a method calls itself => RangeError
({ f(n) { return n ? 1 + this.f(n - 1) : 0 } }).f(N)

//# an arrow function calls itself => RangeError
const f = n => n ? 1 + f(n - 1) : 0; f(N)

//# two functions call each other => RangeError
function even(n) { return n ? odd(n - 1) : true } function odd(n) { return n ? even(n - 1) : false } even(N)

//# a call with many arguments => RangeError
function f(n, ...rest) { return n ? f(n - 1, ...rest) : rest.length } f(N, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)

//# a getter reads itself => RangeError
let n = N; const o = { get x() { return n-- ? o.x : 0 } }; o.x

//# a setter writes itself => RangeError
let n = N; const o = { set x(v) { if (n--) o.x = v } }; o.x = 1

//# a constructor makes its own kind => RangeError
let n = N; class A { constructor() { if (n--) new A } } typeof new A

//# a chain of derived classes => RangeError
let C = class {}; for (let i = 0; i < N; i++) C = class extends C {}; typeof new C

//# a field's initializer makes its own kind => RangeError
let n = N; class A { x = n-- ? new A : 0 } typeof new A

//# a proxy's get trap reads the proxy => RangeError
let n = N; const p = new Proxy({}, { get() { return n-- ? p.x : 0 } }); p.x

//# a proxy's apply trap calls the proxy => RangeError
let n = N; const p = new Proxy(() => 0, { apply() { return n-- ? p() : 0 } }); p()

//# proxies around proxies, read => RangeError
let p = { x: 1 }; for (let i = 0; i < N; i++) p = new Proxy(p, {}); p.x

//# proxies around proxies, called => 1
let p = () => 1; for (let i = 0; i < N; i++) p = new Proxy(p, {}); p()

//# proxies around proxies, asked for keys => RangeError
let p = { x: 1 }; for (let i = 0; i < N; i++) p = new Proxy(p, {}); Object.keys(p).join()

//# proxies around proxies, asked whether they are arrays => true
let p = []; for (let i = 0; i < N; i++) p = new Proxy(p, {}); Array.isArray(p)

//# proxies around proxies, asked whether they are instances => RangeError
let p = []; for (let i = 0; i < N; i++) p = new Proxy(p, {}); p instanceof Date

//# a chain of prototypes, read => RangeError
let o = { x: 1 }; for (let i = 0; i < N; i++) o = Object.create(o); o.x

//# a chain of prototypes, written => RangeError
let o = { set x(v) {} }; for (let i = 0; i < N; i++) o = Object.create(o); o.x = 2

//# a chain of prototypes, enumerated => x
let o = { x: 1 }; for (let i = 0; i < N; i++) o = Object.create(o); let s = ''; for (const k in o) s += k; s

//# a proxy that is its own prototype's prototype => RangeError
const p = new Proxy({}, {}); Object.setPrototypeOf(p, Object.create(p)); p.x

//# a bound function, bound again and again => 7
let f = () => 7; for (let i = 0; i < N; i++) f = f.bind(); f()

//# a bound function, bound again and again, as a class of instances => RangeError
let f = function () {}; for (let i = 0; i < N; i++) f = f.bind(); ({}) instanceof f

//# forEach calls itself => RangeError
let n = N; const f = () => { if (n--) [1].forEach(f) }; f()

//# map calls itself => RangeError
let n = N; const f = () => n-- ? [1].map(f) : 0; f()

//# sort calls itself => RangeError
let n = N; const f = () => n-- ? [2, 1].sort(f) : 0; f()

//# replace calls itself => RangeError
let n = N; const f = () => n-- ? 'a'.replace(/a/, f) : ''; f()

//# Reflect.apply calls itself => RangeError
let n = N; const f = () => n-- ? Reflect.apply(f, null, []) : 0; f()

//# call calls itself => RangeError
let n = N; const f = () => n-- ? f.call() : 0; f()

//# apply calls itself => RangeError
let n = N; const f = () => n-- ? f.apply() : 0; f()

//# Reflect.construct calls itself => RangeError
let n = N; function F() { if (n--) Reflect.construct(F, []) } F()

//# Array.from calls itself => RangeError
let n = N; const f = () => n-- ? Array.from([1], f) : 0; f()

//# an array in an array, as text => RangeError
let a = []; for (let i = 0; i < N; i++) a = [a]; a.toString()

//# an array in an array, flattened => RangeError
let a = []; for (let i = 0; i < N; i++) a = [a]; a.flat(Infinity).length

//# an array in an array, as JSON => RangeError
let a = []; for (let i = 0; i < N; i++) a = [a]; JSON.stringify(a).length

//# an object in an object, as JSON => RangeError
let a = {}; for (let i = 0; i < N; i++) a = { a }; JSON.stringify(a).length

//# JSON text of an array in an array => 1
JSON.parse('['.repeat(N) + ']'.repeat(N)).length

//# JSON text of an object in an object => 1
Object.keys(JSON.parse('{"a":'.repeat(N) + '1' + '}'.repeat(N))).length

//# JSON text, revived => RangeError
JSON.parse('['.repeat(N) + ']'.repeat(N), (k, v) => v).length

//# toJSON stringifies itself => RangeError
let n = N; const o = { toJSON() { return n-- ? JSON.stringify(o) : 0 } }; JSON.stringify(o).length > 0

//# a replacer stringifies => RangeError
let n = N; const f = () => n-- ? JSON.stringify(1, f) : 0; JSON.stringify(1, f)

//# toString asks for its own text => RangeError
let n = N; const o = { toString() { return n-- ? `${o}` : 'x' } }; `${o}`

//# valueOf asks for its own value => RangeError
let n = N; const o = { valueOf() { return n-- ? +o : 1 } }; +o

//# Symbol.toPrimitive asks for its own value => RangeError
let n = N; const o = { [Symbol.toPrimitive]() { return n-- ? o * 1 : 1 } }; o * 1

//# Symbol.hasInstance asks itself => RangeError
let n = N; const o = { [Symbol.hasInstance]() { return n-- ? 1 instanceof o : true } }; 1 instanceof o

//# generators that delegate to generators => RangeError
function* g(n) { if (n) yield* g(n - 1); else yield 7 } g(N).next().value

//# generators that delegate to generators, spread => RangeError
function* g(n) { if (n) yield* g(n - 1); yield n } [...g(N)].length

//# generators that call generators => RangeError
function* g(n) { yield n ? g(n - 1).next().value : 0 } g(N).next().value

//# iterators around iterators => RangeError
let it = [1].values(); for (let i = 0; i < N; i++) it = it.map?.(x => x) ?? it; it.next().value

//# an iterator steps itself => RangeError
let n = N; const o = { [Symbol.iterator]() { return this }, next() { if (n--) [...o]; return { done: true } } }; [...o].length

//# async functions that call each other => undefined
let top; async function f(n) { return n ? f(n - 1) : 0 } f(N).catch(e => e.name).then(x => top = x); typeof top

//# async functions that await each other => undefined
let top; async function f(n) { return n ? 1 + await f(n - 1) : 0 } f(N).catch(e => e.name).then(x => top = x); typeof top

//# promises resolved with promises => object
let p = Promise.resolve(1); for (let i = 0; i < N; i++) { const q = p; p = new Promise(r => r(q)) } typeof p

//# a chain of thens => object
let p = Promise.resolve(1); for (let i = 0; i < N; i++) p = p.then(x => x); typeof p

//# a thenable whose then calls itself => RangeError
let n = N; const t = { then(r) { if (n--) t.then(r) } }; Promise.resolve(t); typeof t.then(() => 0)

//# async generators that delegate => started
async function* g(n) { if (n) yield* g(n - 1); else yield 7 } g(N).next(); 'started'

//# eval in eval => RangeError
let n = N; globalThis.f = () => n-- ? eval('f()') : 0; f()

//# indirect eval in eval => RangeError
let n = N; globalThis.f = () => n-- ? (0, eval)('f()') : 0; f()

//# new Function in new Function => RangeError
let n = N; globalThis.f = () => n-- ? new Function('return f()')() : 0; f()

//# a tagged template in its own tag => RangeError
let n = N; const t = () => n-- ? t`a${1}b` : 0; t``

//# finally calls itself => RangeError
let n = N; function f() { try { throw 1 } finally { if (n--) f() } } try { f() } catch (e) { if (e !== 1) throw e; e }

//# catch calls itself => RangeError
let n = N; function f() { try { throw 1 } catch { return n-- ? f() : 0 } } f()

//# a default parameter calls its function => RangeError
let n = N; const f = (a = n-- ? f() : 0) => a; f()

//# a computed key calls its function => RangeError
let n = N; const f = () => n-- ? { [f()]: 1 } : 0; typeof f()

//# a decorator of errors reads a stack that reads a stack => string
let n = N; Error.prepareStackTrace = () => n-- ? new Error().stack : 'x'; typeof new Error().stack

//# causes of errors => string
let e; for (let i = 0; i < N; i++) e = new Error('x', { cause: e }); typeof e.stack

//# a rope that leans left => 1600102
let s = ''; for (let i = 0; i < N; i++) s = s + 'abcdefghijklmnop'; s.charCodeAt(5) + s.length

//# a rope that leans right => 1600102
let s = ''; for (let i = 0; i < N; i++) s = 'abcdefghijklmnop' + s; s.charCodeAt(5) + s.length

//# a rope that zigzags => 1600102
let s = ''; for (let i = 0; i < N; i++) s = i & 1 ? s + 'abcdefghijklmnop' : 'abcdefghijklmnop' + s; s.charCodeAt(5) + s.length

//# a linked list, garbage collected => object
let l = null; for (let i = 0; i < 3 * N; i++) l = { l }; typeof l

//# closures in closures => function
let f = () => 0; for (let i = 0; i < 3 * N; i++) { const g = f; f = () => g } typeof f()

//# maps in maps => 1
let m = new Map; for (let i = 0; i < N; i++) m = new Map([[m, m]]); m.size

//# weak maps in weak maps => object
let k = {}, first = k, w; for (let i = 0; i < N; i++) { const n = {}; w = new WeakMap([[k, n]]); k = n } typeof w

//# structured data compared by JSON => true
let a = 1; for (let i = 0; i < N; i++) a = [a]; const t = (() => { try { return JSON.stringify(a) } catch (e) { return e.name } })(); t.length > 0

//# a regular expression that repeats a group => true
/^(?:a|b)*$/.test('ab'.repeat(N))

//# a regular expression that captures in a loop => b
/^(a|b)*$/.exec('ab'.repeat(N))[1]

//# a regular expression that backtracks far => false
/^(?:a|ab)*c/.test('ab'.repeat(N))

//# a regular expression that looks ahead in a loop => true
/^(?:(?=a)a)*$/.test('a'.repeat(N))

//# a regular expression that is lazy for long => false
/^[^]*?c/.test('a'.repeat(N))

//# with statements read an unscopable => RangeError
let n = N; const o = { get [Symbol.unscopables]() { return n-- ? Function('o', 'with (o) { return x }')(o) : {} }, x: 1 }; Function('o', 'with (o) { return x }')(o)

//# species makes itself => RangeError
let n = N; class A extends Array { static get [Symbol.species]() { if (n--) new A().map(x => x); return Array } } new A().map(x => x).length

//# a bound function, bound again and again, as a constructor => object
let f = function () {}; for (let i = 0; i < N; i++) f = f.bind(); typeof new f
