// One iteration from its poll phase on: a callback of a file read queues the
// rest, and check comes before the next round of timers.
const fs = require('fs');

fs.stat(__filename, () => {
  console.log('poll');
  setTimeout(() => console.log('timers'), 0);
  setImmediate(() => console.log('check'));
  process.nextTick(() => console.log('nextTick, before any phase'));
  Promise.resolve().then(() => console.log('microtask, behind nextTick'));
});
