// events.once(): a promise of the arguments; errors and signals reject it and leave no listener behind.
const { once, EventEmitter } = require('events');
(async () => {
  const emitter = new EventEmitter();
  process.nextTick(() => emitter.emit('x', 1, 2));
  console.log(await once(emitter, 'x'));
  process.nextTick(() => emitter.emit('error', new Error('boom')));
  await once(emitter, 'x').catch((error) => console.log(error.message));
  const controller = new AbortController();
  process.nextTick(() => controller.abort());
  await once(emitter, 'x', { signal: controller.signal }).catch((error) => console.log(error.name, error.code));
  console.log(await once(Object.assign(new EventTarget(), {}), 'y', { signal: AbortSignal.abort() }).catch((e) => e.name));
  console.log(emitter.eventNames());
})();
