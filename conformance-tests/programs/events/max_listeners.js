// The eleventh listener of an event brings one warning per event; 0 means no limit.
const EventEmitter = require('events');
process.on('warning', (w) => console.log(w.name, w.count, w.type, w.emitter === emitter));
const emitter = new EventEmitter();
for (let i = 0; i < 13; i++) emitter.on('x', () => {});
const quiet = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 13; i++) quiet.on('x', () => {});
console.log(emitter.getMaxListeners(), quiet.getMaxListeners(), EventEmitter.defaultMaxListeners);
for (const bad of [-1, NaN, 'x']) {
  try {
    quiet.setMaxListeners(bad);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
