// Accessors are named; `getters` calls them.
const { inspect } = require('util');

const value = {
  get readable() { return { nested: 1 }; },
  set writable(v) {},
  get both() { return 'text'; },
  set both(v) {},
};
console.log(inspect(value));
console.log(inspect(value, { getters: true }));
console.log(inspect(value, { getters: 'get' }));
console.log(inspect(value, { getters: 'set' }));
