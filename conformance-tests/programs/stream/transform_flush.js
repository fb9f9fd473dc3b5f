// A transform may give several chunks for one, and a last one from flush().
const { Transform } = require('stream');

const lines = new Transform({
  readableObjectMode: true,
  transform(chunk, encoding, callback) {
    const parts = ((this.rest ?? '') + chunk).split('\n');
    this.rest = parts.pop();
    for (const part of parts) this.push(part);
    callback();
  },
  flush(callback) {
    callback(null, this.rest);
  },
});
lines.on('data', (line) => console.log([line]));
lines.on('end', () => console.log('end'));
lines.write('one\ntw');
lines.write('o\nthree\nfo');
lines.end('ur');
