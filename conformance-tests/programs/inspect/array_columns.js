// More than six elements are laid out in columns: numbers to the right, the rest to the left.
const { inspect } = require('util');

console.log(inspect(Array.from({ length: 25 }, (_, i) => i * i)));
console.log(inspect(Array.from({ length: 12 }, (_, i) => 'item' + 'x'.repeat(i % 4))));
console.log(inspect([1, 2, 3, 4, 5, 6]));
console.log(inspect(Array.from({ length: 7 }, () => 'a string that is much too long for columns')));
