// emit() passes any number of arguments; `this` is the emitter, except in arrow functions.
const EventEmitter = require('events');
const emitter = new EventEmitter();
emitter.on('x', function(...args) {
  console.log(this === emitter, args.length, args);
});
emitter.emit('x');
emitter.emit('x', undefined);
emitter.emit('x', 1, 2, 3, 4, 5);
