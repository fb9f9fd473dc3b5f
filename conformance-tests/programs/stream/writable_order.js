// Callbacks of writes come before drain and finish; autoDestroy closes at the end.
const { Writable } = require('stream');

const sink = new Writable({
  highWaterMark: 4,
  write(chunk, encoding, callback) {
    console.log('write', chunk.toString());
    process.nextTick(callback);
  },
  final(callback) {
    console.log('final');
    callback();
  },
});
for (const event of ['drain', 'prefinish', 'finish', 'close']) sink.on(event, () => console.log(event));
console.log(sink.write('ab', () => console.log('ab written')));
console.log(sink.write('cd', () => console.log('cd written')));
console.log(sink.writableLength, sink.writableNeedDrain);
sink.once('drain', () => sink.end('ef', () => console.log('ended')));
