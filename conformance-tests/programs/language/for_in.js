// for-in: order, holes, inherited keys, what is deleted, added or shadowed on the way.
const keys = (o) => { const seen = []; for (const k in o) seen.push(typeof k + ':' + k); return seen.join(' '); };
console.log(keys([1, 2, 3]));
console.log(keys([1, , 3]));
console.log(keys([]));
console.log(keys('ab'));
console.log(keys(5), keys(null), keys(undefined));
const named = [1, 2]; named.x = 1; console.log(keys(named));
console.log(keys({ b: 1, 2: 1, a: 1, 1: 1 }));
console.log(keys({ 5: 1, 4: 1 }));
console.log(keys(Object.create({ inherited: 1, a: 2 }, { a: { value: 1, enumerable: false }, b: { value: 1, enumerable: true } })));
class A { constructor() { this.own = 1; } method() {} }
A.prototype.shared = 1;
console.log(keys(new A()));
console.log(keys(Object.assign(Object.create([7, 8]), { z: 1 })));
console.log(keys(new Uint8Array(3)));
console.log(keys(new Proxy({ p: 1, q: 2 }, { ownKeys: () => ['q', 'p'] })));
{
  const a = [1, 2, 3, 4]; const seen = [];
  for (const k in a) { seen.push(k); if (k === '0') { delete a[1]; a.length = 3; a.push(9); } }
  console.log(seen.join());
}
{
  const o = { a: 1, b: 2, c: 3 }; const seen = [];
  for (const k in o) { seen.push(k); delete o.b; o.d = 4; }
  console.log(seen.join());
}
for (let round = 0; round < 2; round++) {
  console.log(keys([1]), keys([]), keys({ 0: 1 }));
  Array.prototype.extra = 1; console.log(keys([1])); delete Array.prototype.extra;
  Object.prototype.deep = 1; console.log(keys([1])); delete Object.prototype.deep;
  Array.prototype[3] = 1; console.log(keys([1])); delete Array.prototype[3];
  Object.defineProperty(Object.prototype, 'hidden', { value: 1, configurable: true }); console.log(keys([1]));
  delete Object.prototype.hidden;
}
const frozen = Object.freeze([1, 2]); console.log(keys(frozen));
const sparse = []; sparse[100000] = 1; sparse[3] = 1; console.log(keys(sparse));
let sum = 0; const list = [10, 20, 30];
for (let i = 0; i < 1000; i++) for (const k in list) sum += list[k] + Number(k);
console.log(sum);
