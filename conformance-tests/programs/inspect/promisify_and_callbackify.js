// promisify() and callbackify() turn the two styles into each other.
const util = require('util');

const later = (value, callback) => setImmediate(callback, null, value * 2);
util.promisify(later)(21).then((value) => console.log('promise', value));
util.callbackify(async (x) => x + 1)(1, (error, value) => console.log('callback', error, value));
util.callbackify(async () => { throw null; })((error) => console.log(error.code, error.reason));
function Old() {}
function Base() {}
util.inherits(Old, Base);
console.log(new Old() instanceof Base, Old.super_ === Base);
