// Reading and writing at an open file, at a position and in a row.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a');
const fd = fs.openSync(file, 'w+');
console.log(fs.writeSync(fd, 'hello '), fs.writeSync(fd, Buffer.from('world!'), 0, 5), fs.writeSync(fd, 'J', 0));
const buffer = Buffer.alloc(8, '.');
console.log(fs.readSync(fd, buffer, 1, 5, 0), buffer.toString());
console.log(fs.readSync(fd, buffer, { position: 6, length: 5 }), buffer.toString());
console.log(fs.readSync(fd, buffer, 0, 8, 100));
fs.ftruncateSync(fd, 4);
fs.closeSync(fd);
console.log(fs.readFileSync(file, 'utf8'));
try { fs.writeSync(fd, 'x'); } catch (error) { console.log(error.message); }
