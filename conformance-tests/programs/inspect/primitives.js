// util.inspect() quotes strings, marks bigints and keeps the sign of zero.
const { inspect } = require('util');

for (const value of [1, -0, 1.5e300, NaN, 10n, true, null, undefined, Symbol('s'), '']) console.log(inspect(value));
