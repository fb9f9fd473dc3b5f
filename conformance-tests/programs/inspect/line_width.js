// An object takes one line up to 72 characters, and 76 with its braces.
const { inspect } = require('util');

for (const n of [40, 55, 56, 57, 58, 59, 60]) console.log(inspect({ key: 'x'.repeat(n), b: 1 }));
