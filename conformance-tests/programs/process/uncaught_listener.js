// 'uncaughtException' keeps the program alive; the monitor sees errors first.
process.on('uncaughtExceptionMonitor', (err, origin) => console.log('monitor', err.message, origin));
process.on('uncaughtException', (err, origin) => console.log('caught', err.message, origin));
setTimeout(() => { throw new Error('in a timer'); }, 15);
process.nextTick(() => { throw new Error('in a tick'); });
queueMicrotask(() => { throw new Error('in a microtask'); });
Promise.reject(new Error('in a promise'));
setTimeout(() => console.log('still here'), 30);
