// Holes are counted, extra keys follow the elements, and long arrays are cut.
const { inspect } = require('util');

const list = [1, , , 4, , ];
list.name = 'extra';
list[-1] = 'negative';
console.log(inspect(list));
console.log(inspect(new Array(3)));
console.log(inspect([1, 2, 3, 4], { maxArrayLength: 2 }));
console.log(inspect(new Array(120).fill(0)).split('\n').at(-2));
console.log(inspect([1, 2], { showHidden: true }));
