// destroy(error): _destroy() first, then 'error' and 'close' in a later tick, each once.
const { Duplex } = require('stream');

const stream = new Duplex({
  read() {},
  write(chunk, encoding, callback) { callback(); },
  destroy(error, callback) {
    console.log('_destroy', error.message);
    callback(error);
  },
});
stream.on('error', (error) => console.log('error', error.message));
stream.on('close', () => console.log('close', stream.errored.message));
stream.destroy(new Error('first'));
stream.destroy(new Error('second'));
console.log(stream.destroyed, stream.closed);
process.nextTick(() => console.log('tick', stream.closed));
