// events.on(): an async iterator that loses no event between two turns of its loop.
const { on, EventEmitter } = require('events');
const emitter = new EventEmitter();
process.nextTick(() => {
  for (let i = 0; i < 4; i++) emitter.emit('x', i, i * i);
});
(async () => {
  for await (const args of on(emitter, 'x')) {
    console.log(args);
    if (args[0] === 3) break;
  }
  console.log(emitter.listenerCount('x'), emitter.listenerCount('error'));
  process.nextTick(() => emitter.emit('error', new Error('boom')));
  try {
    for await (const args of on(emitter, 'x')) console.log(args);
  } catch (error) {
    console.log(error.message);
  }
})();
