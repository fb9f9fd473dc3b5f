// for await takes lines one by one; leaving the loop closes the interface.
const { Readable } = require('stream');
const readline = require('readline');
(async () => {
  const rl = readline.createInterface({ input: Readable.from(['a\nb\n', 'c\nd']) });
  for await (const line of rl) console.log(line);
  const other = readline.createInterface({ input: Readable.from(['1\n2\n3\n']) });
  for await (const line of other) {
    console.log(line);
    if (line === '2') break;
  }
  console.log(other.closed);
})();
