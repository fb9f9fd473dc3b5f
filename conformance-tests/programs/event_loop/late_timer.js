// A timer that comes due while timers run waits for the next round of them:
// the rest of the iteration, with its check phase, comes first.
function busy(ms) {
  const start = Date.now();
  while (Date.now() - start < ms);
}

setTimeout(() => {
  console.log('slow timer');
  setImmediate(() => console.log('immediate'));
  busy(250);
}, 1);
setTimeout(() => console.log('late timer'), 200);
