// Ten megabytes of source on a line, and a million values spread.
const N = 1e7;
const run = text => (0, eval)(text);
const million = new Array(1e6).fill(1);

//# an array literal => 5000000
run(`[${'1,'.repeat(N / 2)}].length`)

//# an object literal => 7
run(`({${'a:1,'.repeat(N / 4)}a:7}).a`)

//# a string literal => 10000000
run(`'${'x'.repeat(N)}'.length`)

//# a string literal of escapes => 2500000
run(`'${'\\x41'.repeat(N / 4)}'.length`)

//# a template literal => 10000000
run('`' + 'x'.repeat(N) + '`.length')

//# a template literal of line breaks => 10000000
run('`' + '\n'.repeat(N) + '`.length')

//# a number => Infinity
run('1'.repeat(N))

//# a name => 7
run(`var ${'x'.repeat(N)} = 7`), run('x'.repeat(N))

//# a sum of names => RangeError
run(`var a = 1; a${'+a'.repeat(N / 2)}`)

//# a sum of strings => RangeError
run(`''${'+""'.repeat(N / 3)}`)

//# a comment => 1
run(`/*${'x'.repeat(N)}*/1`)

//# comments => 1
run(`${'/**/'.repeat(N / 4)}1`)

//# a comment to the end of the line => 1
run(`1//${'x'.repeat(N)}`)

//# spaces => 1
run(' '.repeat(N) + '1')

//# empty statements => 1
run('1' + ';'.repeat(N))

//# calls as minifiers write them => 909091
run(`var n=0,f=(a,b)=>n++;${'f(n,!0),1;'.repeat(N / 11)}f();n`)

//# functions as minifiers write them => 1
run(`${'(x=>x.y)({y:0});'.repeat(N / 160)}1`)

//# declarations as minifiers write them => 1
run(`var ${'a=1,'.repeat(N / 4)}a=1;a`)

//# a regular expression literal => SyntaxError
run(`/${'a'.repeat(N)}/.test('a')`)

//# a regular expression literal of a million characters => false
run(`/${'a'.repeat(1e6)}/.test('a')`)

//# an error at the end of the line => SyntaxError
run(`${'f();'.repeat(N / 4)}x y`)

//# a string that does not end => SyntaxError
run(`'${'x'.repeat(N)}`)

//# text of JSON => 5000001
JSON.parse(`[${'1,'.repeat(N / 2)}1]`).length

//# the body of a function made at run time => 1
Function(`${'f();'.repeat(N / 4)}`).length + 1

//# strict code that only declares => use strict
run(`'use strict';${'var a;'.repeat(N / 6)}`)

//# spread in an array => 1000000
[...million].length

//# spread in an array, from a set => 1000000
[...new Set(million.keys())].length

//# spread in an array, from a generator => 1000000
[...(function* () { yield* million })()].length

//# spread in a call => RangeError
(function (...a) { return a.length })(...million)

//# spread in a call of a native function => RangeError
Math.max(...million)

//# spread in a method's call, behind other arguments => RangeError
[].push(1, ...million, 2)

//# spread in new => RangeError
new (class { constructor() { this.n = arguments.length } })(...million).n

//# spread in new of a native class => RangeError
new Array(...million).length

//# spread in super => RangeError
new (class extends Array { constructor() { super(...million) } })().length

//# arguments passed on by a default constructor => RangeError
new (class extends class { constructor() { this.n = arguments.length } } {})(...million).n

//# spread in an optional call => RangeError
Math.max?.(...million)

//# apply => RangeError
Math.max.apply(null, million)

//# Reflect.construct => RangeError
Reflect.construct(Array, million).length

//# spread in an object => 1000000
Object.keys({ ...million }).length

//# a rest element of a pattern => 999999
const [, ...rest] = million; rest.length
