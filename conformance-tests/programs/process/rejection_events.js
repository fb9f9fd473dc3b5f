// 'unhandledRejection' after the microtasks, 'rejectionHandled' when a handler comes late, nothing when in time.
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason, promise === late);
  setTimeout(() => promise.catch((err) => console.log('handler got', err)), 1);
});
process.on('rejectionHandled', (promise) => console.log('handled', promise === late));
const late = Promise.reject('late');
const inTime = Promise.reject('in time');
process.nextTick(() => inTime.catch((err) => console.log('caught', err)));
