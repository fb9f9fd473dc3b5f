// A promise shows its state.
const { inspect } = require('util');

const rejected = Promise.reject(new RangeError('no').message);
rejected.catch(() => {});
console.log(inspect(Promise.resolve({ a: 1 })));
console.log(inspect(new Promise(() => {})));
console.log(inspect(rejected));
console.log(inspect((async () => [1, 2])()));
