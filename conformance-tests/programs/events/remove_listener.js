// off() takes the most recently added of equal listeners; removeAllListeners() the rest.
const EventEmitter = require('events');
const emitter = new EventEmitter();
const f = () => {};
const g = () => {};
emitter.on('x', f).on('x', g).on('x', f);
emitter.off('x', f);
console.log(emitter.listeners('x').map((l) => (l === f ? 'f' : 'g')));
emitter.off('x', () => {});
console.log(emitter.listenerCount('x'), emitter.listenerCount('x', f), emitter.listenerCount('none'));
emitter.removeAllListeners('x');
console.log(emitter.eventNames(), emitter._eventsCount);
