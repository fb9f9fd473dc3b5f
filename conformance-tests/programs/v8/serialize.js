'use strict';
// v8.serialize: the bytes are V8's format, and what comes back is what went in.
const v8 = require('v8');
const { isDeepStrictEqual } = require('util');

const shared = { s: 1 };
const circular = [];
circular.push(circular);
const values = [
  undefined, null, true, false, 1, -1, 2 ** 31, -0, NaN, 1.5, 10n, -(2n ** 64n), 'abc', 'é', '\u4e00',
  { ab: '\u4e00' }, [1, , 3], Object.assign([1], { x: 1 }), { 1: 2, a: { b: [] } }, [shared, shared], new Date(5), /a+/giu,
  new Map([[1, shared]]), new Set(['x']), new Uint8Array([1, 2]), Buffer.from('hi'), Object('s'), Object(1n),
  new Float64Array([0.5]),
];
for (const value of values) {
  const bytes = v8.serialize(value);
  console.log(bytes.toString('hex'), isDeepStrictEqual(v8.deserialize(bytes), value));
}
const back = v8.deserialize(v8.serialize(circular));
console.log(back[0] === back);
const pair = v8.deserialize(v8.serialize([shared, shared]));
console.log(pair[0] === pair[1]);

for (const value of [() => 1, Symbol('s'), new Proxy({}, {}), new WeakMap()]) {
  try {
    v8.serialize(value);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
for (const hex of ['', 'ff0f', 'ff0f6f', 'ff105f', 'ff0f5e07', 'ff0f22ff01']) {
  try {
    console.log(v8.deserialize(Buffer.from(hex, 'hex')));
  } catch (error) {
    console.log(hex, error.name, error.message);
  }
}

const serializer = new v8.Serializer();
serializer.writeHeader();
const buffer = new ArrayBuffer(8);
serializer.writeValue([new Uint8Array(buffer, 2, 3), buffer]);
serializer.writeUint32(300);
serializer.writeUint64(1, 2);
serializer.writeDouble(-0.25);
serializer.writeRawBytes(Buffer.from('raw'));
const bytes = serializer.releaseBuffer();
console.log(bytes.toString('hex'));
const deserializer = new v8.Deserializer(bytes);
console.log(deserializer.readHeader(), deserializer.getWireFormatVersion());
const [view, same] = deserializer.readValue();
console.log(view.length, view.buffer === same);
console.log(deserializer.readUint32(), deserializer.readUint64(), deserializer.readDouble(), `${deserializer.readRawBytes(3)}`);
console.log(typeof v8.cachedDataVersionTag());
