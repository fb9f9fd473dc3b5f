// new Console() writes to the streams it is given.
const { Console } = require('console');
const { Writable } = require('stream');

function sink(name) {
  return new Writable({
    decodeStrings: false,
    write(chunk, encoding, callback) {
      process.stdout.write(`${name}: ${JSON.stringify(chunk)}\n`);
      callback();
    },
  });
}
const own = new Console({ stdout: sink('out'), stderr: sink('err'), inspectOptions: { depth: 0 }, groupIndentation: 4 });
own.log('x', { a: { b: 1 } });
own.error('problem');
own.group('g');
[1].forEach(own.log);
console.log(own instanceof Console, Console.prototype.log === own.log);
