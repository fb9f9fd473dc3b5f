// The constructor's name and Symbol.toStringTag stand before the braces.
const { inspect } = require('util');

class Foo { constructor() { this.x = 1; } }
class Tagged { get [Symbol.toStringTag]() { return 'tag'; } }
class Bar extends Foo {}
console.log(inspect(new Foo()), inspect(new Bar()), inspect(new Tagged()));
console.log(inspect(Object.create(null)), inspect(Object.assign(Object.create(null), { a: 1 })));
console.log(inspect(Object.create({ inherited: 1 })));
console.log(inspect(new (class extends Array {})(1, 2, 3)), inspect(new (class List extends Array {})(1, 2, 3)));
console.log(inspect(Math), inspect(JSON));
