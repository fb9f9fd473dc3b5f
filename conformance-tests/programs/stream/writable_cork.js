// What is written while corked goes out as one writev().
const { Writable } = require('stream');

const sink = new Writable({
  write(chunk, encoding, callback) {
    console.log('write', String(chunk));
    callback();
  },
  writev(chunks, callback) {
    console.log('writev', chunks.map(({ chunk }) => String(chunk)));
    callback();
  },
});
sink.cork();
sink.write('a');
sink.write('b');
console.log(sink.writableCorked, sink.writableLength);
process.nextTick(() => {
  sink.uncork();
  sink.write('c');
  sink.end();
});
sink.on('finish', () => console.log('finish'));
