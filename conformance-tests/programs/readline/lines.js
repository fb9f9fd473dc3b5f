// Lines end in \n, \r\n or \r, also where a chunk cuts the end in two; the last one needs none.
const { PassThrough } = require('stream');
const input = new PassThrough();
const rl = require('readline').createInterface({ input });
rl.on('line', (line) => console.log(JSON.stringify(line)));
rl.on('close', () => console.log('close', rl.closed));
for (const chunk of ['one\ntw', 'o\r', '\nthree\rfo', 'ur\r\n\n', 'ü-', 'last']) input.write(chunk);
input.end();
