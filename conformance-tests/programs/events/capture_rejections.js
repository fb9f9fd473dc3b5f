// With captureRejections the rejection of an async listener becomes an 'error' event, or goes to a method.
const EventEmitter = require('events');
const emitter = new EventEmitter({ captureRejections: true });
emitter.on('x', async () => { throw new Error('async'); });
emitter.on('error', (error) => console.log('error event', error.message));
emitter.emit('x');

const special = new EventEmitter({ captureRejections: true });
special[Symbol.for('nodejs.rejection')] = (error, event, ...args) => console.log('method', error.message, event, args);
special.on('y', async () => { throw new Error('other'); });
special.emit('y', 1, 2);
console.log('sync part done');
