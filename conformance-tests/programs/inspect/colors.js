// Colours come from inspect.styles and inspect.colors, which programs may change.
const { inspect } = require('util');

console.log(JSON.stringify(inspect({ n: 1, s: 'x', b: true, u: undefined, z: null, f() {}, y: Symbol('y'), d: new Date(0) }, { colors: true })));
inspect.styles.number = 'red';
console.log(JSON.stringify(inspect([1], { colors: true })));
console.log(inspect.colors.grey, inspect.colors.gray === inspect.colors.grey);
