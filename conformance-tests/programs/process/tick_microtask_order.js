// nextTick callbacks run before promise jobs, both before timers and immediates.
setTimeout(() => {
  setImmediate(() => console.log('immediate'));
  console.log('timeout');
}, 0);
Promise.resolve().then(() => {
  console.log('promise');
  process.nextTick(() => console.log('tick from promise'));
}).then(() => console.log('promise 2'));
process.nextTick(() => {
  console.log('tick');
  queueMicrotask(() => console.log('microtask from tick'));
  process.nextTick(() => console.log('tick from tick'));
});
queueMicrotask(() => console.log('microtask'));
setTimeout(() => setImmediate(() => console.log('last')), 20);
console.log('main');
