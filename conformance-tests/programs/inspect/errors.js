// An error shows its stack, then its own extra properties and its cause.
const { inspect } = require('util');

Error.stackTraceLimit = 0;
class AppError extends Error { name = 'AppError'; }
console.log(inspect(new Error('plain')));
console.log(inspect(Object.assign(new TypeError('with code'), { code: 'E_CODE' })));
console.log(inspect(new Error('outer', { cause: new RangeError('inner') })));
console.log(inspect(new AggregateError([new Error('one'), 2], 'many')));
console.log(inspect({ error: new Error('nested') }));
const noStack = new Error('no stack');
noStack.stack = undefined;
console.log(inspect(noStack));
