'use strict';
// Iterating over more lines than are kept at a time goes on after the input has ended.
const readline = require('readline');
const { Readable } = require('stream');

(async () => {
  let n = 0;
  for await (const line of readline.createInterface({ input: Readable.from(['line\n'.repeat(3000)]) })) n += line.length;
  console.log(n);
})();
