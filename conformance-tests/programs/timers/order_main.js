// After the main program: ticks, then microtasks, then the loop.
setTimeout(() => console.log('timeout'), 0);
setImmediate(() => console.log('immediate'));
Promise.resolve().then(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
queueMicrotask(() => console.log('queueMicrotask'));
console.log('main');
const until = Date.now() + 5;
while (Date.now() < until);
