// pipe() stops a source while the destination is full.
const { Readable, Writable } = require('stream');

let made = 0;
const source = new Readable({
  highWaterMark: 2,
  objectMode: true,
  read() { this.push(made < 6 ? made++ : null); },
});
const sink = new Writable({
  highWaterMark: 1,
  objectMode: true,
  write(chunk, encoding, callback) {
    console.log('write', chunk, 'made', made, 'paused', source.isPaused());
    setImmediate(callback);
  },
});
sink.on('pipe', () => console.log('pipe'));
sink.on('unpipe', () => console.log('unpipe'));
sink.on('finish', () => console.log('finish'));
source.pipe(sink);
