// A write stream: its events in order, where it starts, what it counted.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a');
const stream = fs.createWriteStream(file);
for (const name of ['open', 'ready', 'finish', 'close']) stream.on(name, () => console.log(name));
stream.write('one ');
stream.write(Buffer.from('two '));
stream.end('746872656521', 'hex');
stream.on('close', () => {
  console.log(fs.readFileSync(file, 'utf8'), stream.bytesWritten);
  fs.createWriteStream(file, { flags: 'r+', start: 4 }).end('TWO', () => console.log(fs.readFileSync(file, 'utf8')));
});
