// A derived constructor whose `this` an arrow function uses still gets all of its arguments.
class Base { constructor(...args) { this.args = args; } }
class Rest extends Base { constructor(...args) { super(...args); this.self = () => this; } }
class Tail extends Base { constructor(first, ...args) { super(...args); this.self = () => this; } }
class All extends Base { constructor() { super(...arguments); this.self = () => this; } }
class Pattern extends Base { constructor(...[first]) { super(first); this.self = () => this; } }
for (const Class of [Rest, Tail, All, Pattern]) {
  const made = new Class(1, 2, 3);
  console.log(Class.name, made.args, made.self() === made);
}
