// Ticks that microtasks queue run when no microtask is left, and the other way round, before anything else.
process.nextTick(() => {
  console.log('tick 1');
  Promise.resolve().then(() => console.log('microtask of tick 1'));
  process.nextTick(() => console.log('tick of tick 1'));
});
Promise.resolve().then(() => {
  console.log('microtask 1');
  process.nextTick(() => console.log('tick of microtask 1'));
  Promise.resolve().then(() => console.log('microtask of microtask 1'));
});
process.nextTick(() => console.log('tick 2'));
setImmediate(() => console.log('immediate'));
