// `numericSeparator` groups digits by three.
const { inspect } = require('util');

for (const value of [1234567, -1234567.891234, 999, 1000n, 0.0001, 1e21]) {
  console.log(inspect(value, { numericSeparator: true }));
}
