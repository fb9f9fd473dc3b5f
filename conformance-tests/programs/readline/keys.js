// On a terminal, keys edit the line: moves, deletions, history.
const { PassThrough } = require('stream');
const input = new PassThrough();
const rl = require('readline').createInterface({ input, output: new PassThrough(), terminal: true });
rl.on('line', (line) => console.log(JSON.stringify(line), rl.history.length));
const keys = ['wrld', '\x1b[D', '\x1b[D', '\x1b[D', 'o', '\r', 'one two three', '\x17', '\x17', 'four\r',
              'gone', '\x15', 'kept', '\x01', '>', '\x05', '<\r', '\x1b[A', '\x1b[A', '!\r',
              'ab', '\x7f', 'c', '\x02', '\x04', 'd\r'];
(function next() {
  const key = keys.shift();
  if (key !== undefined) {
    input.write(key);
    setImmediate(next);
    return;
  }
  rl.write('by hand');
  rl.write(null, { ctrl: true, name: 'u' });
  rl.write('again\n');
  rl.close();
})();
