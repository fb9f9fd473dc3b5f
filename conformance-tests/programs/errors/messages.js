// Messages show the expression that was no function, not iterable, or nothing at all.
const cases = String.raw`
let o = {}; o.a.b
let o = {}; o.a[0]
let o = {}; o.a.b = 1
let o = {}; o.a()
let o = { a: {} }; o.a.b()
let o = { a: {} }; o['a'].b['c d']()
let o = { a() { return {} } }; o.a('(', ")").b()
let o = { a: {} }; o . a /* c */ . b ()
let o = {}; o[Symbol('x')]()
let o = {}; (o.a || o.b)()
let o = {}; (0, o.a)()
let o = {}; o?.a.b()
let o = { a: 1 }; o.a?.()
[1, 'b'].x()
({ a: 1, b() {} }).x()
(function () {}).x()
new Map().x()
new Date
let f = () => 1; f()()
let f = () => 1; new f()
let o = {}; new o.A()
(void 0)()
null.x
let { a } = null
let { a } = {}.b
let o = {}; let { a } = o.b.c
let { a: { b } } = {}
(({ a }) => a)()
((x, { a }) => a)(1, null)
let f = () => {}; let { a } = f()
let [a] = {}
let o = {}; let [a] = o
let f = () => {}; let [a] = f()
for (const x of 5);
let o = {}; for (const x of o.a);
let o = { f() {} }; for (const x of o.f());
[...{}]
let o = {}; [...o.a]
Math.max(...{})
new Map(1)
class A {}; A()
(class {})()
class A { #p; static t(o) { return o.#p } }; A.t({})
const c = 1; c = 2
x; let x
y
1n + 1
Symbol() + ''
[].reduce((a) => a)
[].map.call(null)
'use strict'; Object.freeze({ a: 1 }).a = 2
'use strict'; undefined.x = 1
({}) instanceof 5
'a' in 'b'
Object.setPrototypeOf({}, 1)
new Proxy({}, null)
Reflect.ownKeys(1)
JSON.parse('nope')
JSON.parse('')
let a = { b: [] }; a.b.push(a); JSON.stringify(a)
`;
for (const source of cases.trim().split('\n')) {
  try {
    new Function(source.startsWith("'use strict'") ? source : `return eval(${JSON.stringify(source)})`)();
    console.log(source, '->', 'nothing');
  } catch (error) {
    console.log(source, '->', `${error}`);
  }
}
