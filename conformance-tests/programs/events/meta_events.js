// 'newListener' comes before a listener is added, 'removeListener' after it is gone; both get the original function.
const EventEmitter = require('events');
const emitter = new EventEmitter();
emitter.on('newListener', (name, fn) => console.log('new', name, fn.name, emitter.listenerCount(name)));
emitter.on('removeListener', (name, fn) => console.log('removed', name, (fn.listener ?? fn).name, emitter.listenerCount(name)));
function a() {}
function b() {}
emitter.on('x', a);
emitter.once('x', b);
emitter.emit('x');
emitter.off('x', a);
emitter.on('x', a);
emitter.removeAllListeners();
