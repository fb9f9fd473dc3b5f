// --unhandled-rejections=strict raises an uncaught exception first.
process.on('uncaughtException', (err, origin) => console.log('uncaught', err.message, origin));
process.on('unhandledRejection', (reason) => console.log('event', reason.message));
Promise.reject(new Error('strict'));
setTimeout(() => console.log('still here'), 10);
