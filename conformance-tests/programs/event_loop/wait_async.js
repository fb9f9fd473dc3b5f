'use strict';
// A promise of Atomics.waitAsync settles from the loop and keeps no program running, whatever its timeout.
const numbers = new Int32Array(new SharedArrayBuffer(16));

const never = Atomics.waitAsync(numbers, 0, 0);
never.value.then(() => console.log('not reached'));
const late = Atomics.waitAsync(numbers, 0, 0, 60_000);
late.value.then(() => console.log('not reached'));
console.log(never.async, late.async, Atomics.waitAsync(numbers, 0, 1), Atomics.waitAsync(numbers, 0, 0, 0));

// Two timeouts while something else keeps the loop alive, the later one asked for first.
const alive = setInterval(() => {}, 1000);
const both = [40, 20].map((ms) => Atomics.waitAsync(numbers, 1, 0, ms).value.then((how) => console.log(ms, how)));
Promise.all(both).then(async () => {
  console.log(await Atomics.waitAsync(numbers, 1, 0, 10).value);
  const notified = Atomics.waitAsync(numbers, 2, 0, 60_000).value;
  console.log(Atomics.notify(numbers, 2), await notified);
  clearInterval(alive);
});

process.on('beforeExit', () => console.log('beforeExit'));
process.on('exit', (code) => console.log('exit', code));
