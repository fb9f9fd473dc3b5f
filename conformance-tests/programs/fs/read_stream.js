// A read stream: its events in order, its range, its chunk size.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a');
fs.writeFileSync(file, 'abcdefghijklmnopqrstuvwxyz');
const stream = fs.createReadStream(file, { encoding: 'utf8', start: 3, end: 12, highWaterMark: 4 });
for (const name of ['open', 'ready', 'end', 'close']) stream.on(name, () => console.log(name));
stream.on('data', (chunk) => console.log(chunk, stream.bytesRead));
console.log(stream.pending, stream.flags, stream.path === file);
