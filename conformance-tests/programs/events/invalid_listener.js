// Everything that takes a listener refuses what is no function.
const EventEmitter = require('events');
const emitter = new EventEmitter();
for (const method of ['on', 'once', 'prependListener', 'off']) {
  for (const value of [undefined, null, 'text', { handleEvent() {} }]) {
    try {
      emitter[method]('x', value);
    } catch (error) {
      console.log(method, `${error}`);
    }
  }
}
