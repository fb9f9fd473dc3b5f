// errorMonitor sees errors without counting as their listener.
const EventEmitter = require('events');
const { errorMonitor } = EventEmitter;
const emitter = new EventEmitter();
emitter.on(errorMonitor, (error) => console.log('seen', error.message));
try {
  emitter.emit('error', new Error('one'));
} catch (error) {
  console.log('thrown', error.message);
}
emitter.on('error', (error) => console.log('handled', error.message));
emitter.emit('error', new Error('two'));
