// A rejection that nobody handles is an uncaught error: code 1.
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('never'), 1000);
Promise.reject(new RangeError('out of luck'));
