// What a line of a stack calls the function: class and method, alias, getter, new, where it was assigned, built-ins.
const first = (make) => {
  try {
    make();
  } catch (error) {
    return error.stack.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 2)
      .map((line) => line.slice(7).replace(/ ?\(?\/.*$/, '') || 'no name').join(' < ');
  }
};
const fail = () => { throw new Error('made'); };
class Foo {
  constructor(now) { if (now) throw new Error('made'); }
  method() { throw new Error('made'); }
  static method() { throw new Error('made'); }
  get getter() { throw new Error('made'); }
  *generator() { throw new Error('made'); }
  ['computed' + 1]() { throw new Error('made'); }
  [Symbol.iterator]() { throw new Error('made'); }
  #hidden() { throw new Error('made'); }
  hidden() { this.#hidden(); }
}
Foo.prototype.added = function() { throw new Error('made'); };
const object = { named: function() { throw new Error('made'); }, short() { throw new Error('made'); } };
object.assigned = function() { throw new Error('made'); };
object.alias = object.short;
delete object.short;
function sloppy() { throw new Error('made'); }
for (const [what, make] of Object.entries({
  'function': () => fail(), 'new': () => new Foo(true), 'method': () => new Foo().method(),
  'inherited': () => new (class Bar extends Foo {})().method(), 'static': () => Foo.method(),
  'getter': () => new Foo().getter, 'generator': () => new Foo().generator().next(),
  'computed': () => new Foo().computed1(), 'symbol': () => [...new Foo()], 'private': () => new Foo().hidden(),
  'prototype': () => new Foo().added(), 'literal': () => object.named(), 'assigned': () => object.assigned(),
  'alias': () => object.alias(), 'array': () => [1].map(fail), 'sort': () => [1, 2].sort(fail), 'replace': () => 'a'.replace(/a/, fail),
  'promise': () => { let error; new Promise(() => { error = new Error('made'); }); throw error; },
  'on a number': () => sloppy.call(5), 'on null': () => sloppy.call(null), 'on an array': () => sloppy.apply([]),
  'reflect': () => Reflect.construct(Foo, [true]), 'built-in': () => [].reduce((a) => a), 'built-in constructor': () => new Map([1]),
  'JSON': () => JSON.parse('{'), 'namespace': () => Reflect.ownKeys(1), 'global': () => decodeURIComponent('%'),
})) {
  console.log(what.padEnd(21), first(make));
}
