// With construct(), nothing is read or written before it has called back.
const { Writable } = require('stream');

const sink = new Writable({
  construct(callback) {
    console.log('construct');
    setImmediate(() => {
      console.log('ready');
      callback();
    });
  },
  write(chunk, encoding, callback) {
    console.log('write', String(chunk));
    callback();
  },
});
sink.write('a');
sink.end('b');
sink.on('finish', () => console.log('finish'));
console.log(sink.writableLength);
