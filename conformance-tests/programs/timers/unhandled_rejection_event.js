// A rejection is unhandled when ticks and microtasks are done; a later handler is told of as well.
process.on('unhandledRejection', (reason, promise) => console.log('unhandled', reason, promise instanceof Promise));
process.on('rejectionHandled', (promise) => console.log('handled', promise === late));
const inTime = Promise.reject('in time');
process.nextTick(() => inTime.catch((reason) => console.log('caught', reason)));
const late = Promise.reject('late');
setTimeout(() => late.catch(() => console.log('caught late')), 1);
