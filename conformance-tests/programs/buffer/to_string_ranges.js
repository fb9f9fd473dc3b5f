// toString forgives positions of any kind.
'use strict';
const b = Buffer.from('abcdef');
for (const args of [[undefined, 2], ['utf8', -1, 3], ['utf8', 1.9, '4'], ['utf8', 4, 2], ['utf8', NaN, Infinity], ['hex', 5], ['ascii', 99]]) {
  console.log(JSON.stringify(b.toString(...args)));
}
try { b.toString('nope'); } catch (error) { console.log(error.name, error.message); }
