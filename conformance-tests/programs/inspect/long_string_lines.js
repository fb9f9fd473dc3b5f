// A long string that is a property breaks at its line ends.
const { inspect } = require('util');

console.log(inspect({ text: `${'a'.repeat(50)}\n${'b'.repeat(50)}\n` }));
console.log(inspect(['short\nlines']));
