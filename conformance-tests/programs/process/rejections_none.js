// --unhandled-rejections=none is silent, and strict raises the error even with a listener.
process.on('unhandledRejection', (reason) => console.log('event', reason.message));
Promise.reject(new Error('quiet'));
setTimeout(() => console.log('still here'), 10);
