// What Buffer.from takes, and what it refuses.
'use strict';
const { buffer } = new Uint8Array([1, 2, 3, 4]);
const view = Buffer.from(buffer, 1, 2);
view[0] = 9;
console.log(new Uint8Array(buffer), view, Buffer.from(new Uint16Array([1, 300])), Buffer.from([1, '2', 258, -1, 'x']));
console.log(Buffer.from({ length: 2, 0: 7, 1: 8 }), Buffer.from(JSON.parse(JSON.stringify(Buffer.from('hi')))));
console.log(Buffer.from(new String('obj')), Buffer.from({ [Symbol.toPrimitive]: () => 'prim' }), Buffer.of(1, 2));
for (const value of [undefined, null, 5, {}, true, () => {}]) {
  try { Buffer.from(value); } catch (error) { console.log(error.message); }
}
try { Buffer.from(buffer, 5); } catch (error) { console.log(error.code, error.message); }
