// Classes and old-style constructors that inherit from EventEmitter have listeners of their own.
const EventEmitter = require('events');
const util = require('util');
class Modern extends EventEmitter {}
function Old() { EventEmitter.call(this); }
util.inherits(Old, EventEmitter);
function Older() {}
Older.prototype = new EventEmitter();
for (const Class of [Modern, Old, Older]) {
  const a = new Class();
  const b = new Class();
  a.on('x', () => console.log(Class.name, 'a'));
  console.log(a.emit('x'), b.listenerCount('x') === (Class === Older ? 1 : 0), a instanceof EventEmitter);
}
