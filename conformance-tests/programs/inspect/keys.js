// Keys that are no identifiers are quoted; symbols stand as they are. (Node 20 put brackets around enumerable symbols,
// Node 24 doesn't: only hidden ones are shown here.)
const { inspect } = require('util');

const value = { plain: 1, 'with-dash': 2, 3: 3, '': 4, "it's": 5 };
Object.defineProperty(value, 'hidden', { value: 6 });
Object.defineProperty(value, Symbol('secret'), { value: 7 });
console.log(inspect(value));
console.log(inspect(value, { showHidden: true }));
console.log(inspect({ ['__proto__']: 1 }));
