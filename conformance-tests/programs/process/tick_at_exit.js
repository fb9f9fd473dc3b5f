'use strict';
// Promise jobs that 'exit' listeners queue still run; ticks never do.
process.on('exit', () => {
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('job'));
  console.log('exit');
});
