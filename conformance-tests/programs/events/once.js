// A once() listener is gone before it runs, so it may emit the event again.
const EventEmitter = require('events');
const emitter = new EventEmitter();
emitter.once('x', (value) => {
  console.log('once', value, emitter.listenerCount('x'));
  emitter.emit('x', 'again');
});
emitter.emit('x', 'first');
emitter.prependOnceListener('y', () => console.log('y'));
console.log(emitter.rawListeners('y')[0].listener.toString(), emitter.listeners('y').length);
emitter.rawListeners('y')[0]();
console.log(emitter.eventNames());
