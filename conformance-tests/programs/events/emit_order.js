// Listeners run in the order they were added; prepended ones first; all synchronously within emit().
const EventEmitter = require('events');
const emitter = new EventEmitter();
emitter.on('x', () => console.log('first'));
emitter.on('x', () => console.log('second'));
emitter.prependListener('x', () => console.log('prepended'));
console.log('before');
console.log(emitter.emit('x'));
console.log('after');
console.log(emitter.emit('nobody'));
