// Within a callback of the loop: its ticks and microtasks run before the next callback; immediates before later timers.
setTimeout(() => {
  console.log('timer 1');
  setTimeout(() => console.log('timer 3'), 0);
  setImmediate(() => console.log('immediate'));
  Promise.resolve().then(() => console.log('microtask 1'));
  process.nextTick(() => console.log('tick 1'));
}, 1);
setTimeout(() => {
  console.log('timer 2');
  process.nextTick(() => console.log('tick 2'));
}, 1);
const until = Date.now() + 5;
while (Date.now() < until);
