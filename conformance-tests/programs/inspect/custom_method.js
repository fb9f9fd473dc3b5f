// [util.inspect.custom](depth, options, inspect) decides how an object looks.
const { inspect } = require('util');

class Money {
  constructor(amount) { this.amount = amount; }
  [inspect.custom](depth, options, inspectArg) {
    return `${options.stylize('Money', 'special')}<${this.amount}> ${depth} ${inspectArg === inspect}`;
  }
}
console.log(inspect(new Money(5)));
console.log(inspect({ price: new Money(7) }));
console.log(inspect([new Money(1)], { customInspect: false }));
console.log(inspect({ [inspect.custom]: () => ({ replaced: true }) }));
console.log(inspect({ [inspect.custom]: () => 'two\nlines' }));
console.log(inspect({ nested: { [inspect.custom]: () => 'two\nlines' } }));
