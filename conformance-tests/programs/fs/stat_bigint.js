// With bigint every field is one, and there are nanoseconds.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const s = fs.statSync(dir, { bigint: true });
console.log(typeof s.size, typeof s.mtimeMs, typeof s.mtimeNs, s.mtimeNs / 1000000n === s.mtimeMs, s.isDirectory());
fs.stat(dir, { bigint: true }, (error, s) => console.log(error, typeof s.ino, s.mtime instanceof Date));
fs.promises.stat(dir, { bigint: true }).then((s) => console.log(typeof s.dev));
