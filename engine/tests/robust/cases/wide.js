// More of everything than an operand of eight or sixteen bits can number.
const N = 70000;
const run = text => (0, eval)(text);
const list = (n, each, by = '') => Array.from({ length: n }, (_, i) => each(i)).join(by);

//# locals of a function => RangeError
run(`(function () { ${list(N, i => `let a${i} = ${i};`)} return a0 + a255 + a256 + a65535 + a65536 + a${N - 1} })()`)

//# locals that closures capture => RangeError
run(`(function () { ${list(N, i => `let a${i} = ${i};`)} return (() => a0 + a255 + a256 + a65535 + a65536 + a${N - 1})() })()`)

//# locals that each a closure captures => RangeError
run(`(function () { ${list(N, i => `let a${i} = ${i}; const f${i} = () => a${i}++;`)} return f0() + f65536() + f${N - 1}() + a65536 })()`)

//# global lexical names => RangeError
run(`${list(N, i => `let b${i} = ${i};`)} b0 + b65535 + b65536 + b${N - 1}`)

//# global var names => 201070
run(`${list(N, i => `var c${i} = ${i};`)} c0 + c65535 + c65536 + c${N - 1}`)

//# parameters => RangeError
run(`(function (${list(N, i => `p${i}`, ',')}) { return arguments.length + p0 })(7)`)

//# parameters that are passed => 299
run(`(function (${list(300, i => `p${i}`, ',')}) { return p299 })(${list(300, i => i, ',')})`)

//# parameters and arguments, many => RangeError
run(`(function (${list(N, i => `p${i}`, ',')}) { return p0 + p${N - 1} })(${list(N, i => i, ',')})`)

//# parameters mapped by arguments => 5
run(`(function (${list(1000, i => `p${i}`, ',')}) { arguments[999] = 5; return p999 })(${list(1000, i => i, ',')})`)

//# parameters with defaults => RangeError
run(`(function (${list(N, i => `p${i}=${i}`, ',')}) { return p65536 })()`)

//# arguments of a call => RangeError
run(`Math.max(${list(N, i => i, ',')})`)

//# arguments of new => RangeError
run(`new Array(${list(N, i => i, ',')}).length`)

//# elements of a literal => 70000
run(`[${list(N, i => i, ',')}].length`)

//# elements of a literal that are computed => 70000
run(`var q = 1; [${list(N, () => 'q', ',')}].length`)

//# holes of a literal => 70000
run(`[${','.repeat(N)}].length`)

//# properties of a literal => 70000
run(`Object.keys({${list(N, i => `k${i}:${i}`, ',')}}).length`)

//# properties of a literal that are computed => 70000
run(`Object.keys({${list(N, i => `['k'+${i}]:${i}`, ',')}}).length`)

//# methods of a class => RangeError
run(`Object.getOwnPropertyNames(class {${list(N, i => `m${i}(){return ${i}}`, ';')}}.prototype).length`)

//# fields of a class => 70000
run(`Object.keys(new class {${list(N, i => `f${i}=${i}`, ';')}}).length`)

//# private names of a class => RangeError
run(`new class {${list(N, i => `#f${i}=${i}`, ';')}; g() { return this.#f65536 }}().g()`)

//# static blocks of a class => 70000
run(`var t = 0; class S {${'static{t++}'.repeat(N)}} t`)

//# names in an object pattern => RangeError
run(`(() => { const {${list(N, i => `d${i}`, ',')}} = {d65536: 3}; return d65536 })()`)

//# names in an array pattern => RangeError
run(`(() => { const [${list(N, i => `d${i}`, ',')}] = {*[Symbol.iterator]() { for (let i = 0;; i++) yield i }}; return d65536 })()`)

//# cases of a switch => 65537
run(`(x => { switch (x) { ${list(N, i => `case ${i}: return ${i} + 1;`)} default: return -1 } })(65536)`)

//# cases of a switch on strings => 65537
run(`(x => { switch (x) { ${list(N, i => `case 's${i}': return ${i} + 1;`)} default: return -1 } })('s65536')`)

//# cases of a switch on what is computed => 65537
run(`(x => { switch (x) { ${list(N, i => `case +'${i}': return ${i} + 1;`)} default: return -1 } })(65536)`)

//# number constants => 2450000000
run(`(() => { let t = 0; ${list(N, i => `t += ${i}.5;`)} return t })()`)

//# string constants => 408890
run(`(() => { let t = 0; ${list(N, i => `t += 'c${i}'.length;`)} return t })()`)

//# bigint constants => 2449965000
run(`(() => { let t = 0n; ${list(N, i => `t += ${i}n;`)} return String(t) })()`)

//# regular expressions => 1
run(`(() => { let t = 0; ${list(20000, i => `t += /a${i}/.test('a1');`)} return t })()`)

//# templates => 338890
run('(() => { const f = s => s[0].length; let t = 0; ' + list(N, i => 't += f`' + i + '`;') + ' return t })()')

//# substitutions of a template => RangeError
run('(() => { const a = 1; return `' + '${a}'.repeat(N) + '`.length })()')

//# substitutions of a tagged template => RangeError
run('(() => { const f = (s, ...v) => v.length; return f`' + '${1}'.repeat(N) + '` })()')

//# property names read => 5
run(`(() => { const o = {k65536: 5}; let t = 0; ${list(N, i => `t += o.k${i} | 0;`)} return t })()`)

//# property names written => 65536
run(`(() => { const o = {}; ${list(N, i => `o.k${i} = ${i};`)} return o.k65536 })()`)

//# functions in a function => RangeError
run(`(() => { ${list(N, i => `function f${i}() { return ${i} }`)} return f65536() })()`)

//# closures => 99999
(() => { const all = []; for (let i = 0; i < 1e5; i++) all.push(() => i); return all[99999]() })()

//# closures in the source => RangeError
run(`[${list(1e5, i => `() => ${i}`, ',')}][99999]()`)

//# a jump over a long branch => 1
run(`(x => { if (x) { ${'x = x + 1;'.repeat(N)} } else return 1; return 2 })(0)`)

//# a jump back over a long body => 210000
run(`(x => { let n = 0; while (n < 3) { ${'x++;'.repeat(N)} n++ } return x })(0)`)

//# a jump over a body of some hundred bytes, both ways => 120
run(list(40, k => `(x => { let n = 0; do { if (x < 0) { ${'x++;'.repeat(k + 20)} } n++; x++ } while (n < 3); return x })(0)`, '+'))

//# a jump out of a long body => 10
run(`(x => { l: for (;;) { ${'if (x > 9) break l; x++;'.repeat(30000)} } return x })(0)`)

//# continue in a long body => 140000
run(`(x => { let t = 0; for (let i = 0; i < 3; i++) { if (i === 1) continue; ${'t++;'.repeat(N)} } return t })(0)`)

//# a conditional expression with long arms => 2
run(`(x => x ? ${'1+'.repeat(10000)}1 : ${'x+'.repeat(10000)}2)(0)`)

//# and with a long right side => 0
run(`(x => x && ${'x+'.repeat(10000)}2)(0)`)

//# a handler behind a long body => 70000
run(`(x => { try { ${'x++;'.repeat(N)} throw x } catch (e) { return e } finally { ${'x++;'.repeat(N)} } })(0)`)

//# handlers side by side => 70000
run(`(x => { ${'try { throw 1 } catch (e) { x += e }'.repeat(N)} return x })(0)`)

//# a generator with many yields => 70000
run(`(() => { let t = 0; for (const v of (function* () { ${'yield 1;'.repeat(N)} })()) t += v; return t })()`)

//# an optional chain with a long end => undefined
run(`(o => o?.a(${list(10000, () => 'o.a', ',')}))(null)`)

//# a default with a long value => 10001
run(`((a = ${'1+'.repeat(10000)}1) => a)()`)

//# blocks with names of their own => RangeError
run(`(() => { let t = 0; ${list(N, i => `{ let x = ${i}; t += (() => x)() }`)} return t })()`)

//# scopes in a row => 1000
run(`(() => { let t = 0; ${list(1000, i => `for (let x${i} of [1]) t += (() => x${i})();`)} return t })()`)

//# labels side by side => 1
run(list(N, i => `l${i}: { break l${i} }`) + '1')

//# var declarations of one name => 1
run(`(() => { ${'var a = 1;'.repeat(N)} return a })()`)

//# imports of a dynamic kind => RangeError
run(`(() => { ${'() => import("x");'.repeat(N)} return 1 })()`)

//# lines => 1
run('\n'.repeat(1e6) + '1')

//# a statement in column five million => 1
run(' '.repeat(5e6) + '1')

//# an error in column five million => SyntaxError
try { run(' '.repeat(5e6) + 'x y') } catch (e) { e.name }

//# a throw on line one million => true
try { run('\n'.repeat(1e6) + 'null.x') } catch (e) { e.stack.includes(':1000001:') }

//# named groups => SyntaxError
/(?<g65000>b)/.test('b') && new RegExp(list(N, i => `(?<g${i}>a)?`)).exec('a').length

//# captures => SyntaxError
new RegExp('(a)?'.repeat(N)).exec('a').length

//# alternatives of one expression => true
new RegExp(list(N, i => `x${i}y`, '|')).test('x69999y')

//# characters in a class => true
new RegExp('[' + list(60000, i => '\\u' + (i + 256).toString(16).padStart(4, '0')) + ']').test('\u1234')

//# counted repetition => true
/^a{70000}$/.test('a'.repeat(70000))

//# counted repetition of a group => true
/^(?:ab){0,70000}$/.test('ab'.repeat(70000))

//# counted repetition inside of counted repetition => true
/^(?:(?:a{100}){100}){7}$/.test('a'.repeat(70000))

//# counted repetition, ever more => false
try { /(?:(?:(?:(?:a{1000}){1000}){1000}){1000}){1000}/.test('a') } catch (e) { e.name }

//# counts that no integer holds => false
/a{99999999999999999999}/.test('aaa')

//# backward references => true
new RegExp('(a)'.repeat(300) + '\\300').test('a'.repeat(301))
