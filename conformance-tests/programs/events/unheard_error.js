// An 'error' event that nobody hears ends the program; the report says where it was made and where it was emitted.
const { EventEmitter } = require('events');
class Mine extends EventEmitter {}
const make = () => new Error('made here');
function emitLater(emitter, error) { emitter.emit('error', error); }
emitLater(new Mine(), make());
