'use strict';
// util.types: questions about an object's internal slots, one binding function each.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utiltypes
// Binding: types. `classOf` answers most of them at once (see the table below) and is what util.inspect asks.

const native = binding('types');

// What binding('types').classOf(value) returns; 0 is an ordinary object. Shared with stdlib/src/util/types.rs.
const CLASS = {
  ordinary: 0, array: 1, function: 2, error: 3, regexp: 4, date: 5, map: 6, set: 7, mapIterator: 8,
  setIterator: 9, promise: 10, arrayBuffer: 11, sharedArrayBuffer: 12, dataView: 13, typedArray: 14,
  weakMap: 15, weakSet: 16, number: 17, string: 18, boolean: 19, bigint: 20, symbol: 21, arguments: 22,
  generator: 23, namespace: 24, proxy: 25, external: 26,
};

const names = [
  'isExternal', 'isDate', 'isArgumentsObject', 'isBigIntObject', 'isBooleanObject', 'isNumberObject',
  'isStringObject', 'isSymbolObject', 'isBoxedPrimitive', 'isNativeError', 'isRegExp', 'isAsyncFunction',
  'isGeneratorFunction', 'isGeneratorObject', 'isPromise', 'isMap', 'isSet', 'isMapIterator', 'isSetIterator',
  'isWeakMap', 'isWeakSet', 'isArrayBuffer', 'isDataView', 'isSharedArrayBuffer', 'isProxy',
  'isModuleNamespaceObject', 'isAnyArrayBuffer', 'isArrayBufferView', 'isTypedArray', 'isUint8Array',
  'isUint8ClampedArray', 'isUint16Array', 'isUint32Array', 'isInt8Array', 'isInt16Array', 'isInt32Array',
  'isFloat16Array', 'isFloat32Array', 'isFloat64Array', 'isBigInt64Array', 'isBigUint64Array',
];

const types = module.exports = {};
for (let i = 0; i < names.length; i++) types[names[i]] = native[names[i]];

// KeyObject and CryptoKey are classes of our own. Until node:crypto is loaded nothing can be an instance of one.
let keyClasses;

function defineKeyCheck(name, className) {
  Object.defineProperty(types, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    writable: true,
    value: { [name](value) { return keyClasses !== undefined && value instanceof keyClasses[className]; } }[name],
  });
}
defineKeyCheck('isKeyObject', 'KeyObject');
defineKeyCheck('isCryptoKey', 'CryptoKey');

/**
 * Core-only: tells the two key checks which classes to look for. Called once, by the crypto module.
 * @param {{ KeyObject: Function, CryptoKey: Function }} classes
 */
function setKeyClasses(classes) {
  keyClasses = classes;
}

// Not enumerable, so that neither shows in util.types.
Object.defineProperty(types, 'classOf', { __proto__: null, value: native.classOf });
Object.defineProperty(types, 'CLASS', { __proto__: null, value: CLASS });
Object.defineProperty(types, 'setKeyClasses', { __proto__: null, value: setKeyClasses });
