// util.inspect.defaultOptions is what console.log uses too.
const util = require('util');

util.inspect.defaultOptions.depth = 0;
console.log({ a: { b: 1 } });
util.inspect.defaultOptions = { depth: 5, maxArrayLength: 1 };
console.log({ a: [1, 2, { b: 1 }] });
try {
  util.inspect.defaultOptions = null;
} catch (error) {
  console.log(error.code, error.message);
}
