// Timers of one duration run in the order of their starts; a duration that is
// due earlier goes first, whichever was started first.
function busy(ms) {
  const start = Date.now();
  while (Date.now() - start < ms);
}

setTimeout(() => console.log('30 ms'), 30);
setTimeout(() => console.log('10 ms, first'), 10);
setTimeout(() => console.log('10 ms, second'), 10);
setTimeout(() => console.log('20 ms'), 20);
busy(60);
