// An 'error' event without a listener throws its error; anything else is wrapped.
const EventEmitter = require('events');
const emitter = new EventEmitter();
for (const value of [new TypeError('mine'), 'text', 42, { a: 1 }, null, undefined]) {
  try {
    emitter.emit('error', value);
  } catch (error) {
    console.log(error.name, error.code, error.message, error.context);
  }
}
emitter.on('error', (error) => console.log('handled', error));
console.log(emitter.emit('error', 'text'));
