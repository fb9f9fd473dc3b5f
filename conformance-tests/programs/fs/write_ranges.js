// A write beyond its buffer is refused.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const fd = fs.openSync(path.join(dir, 'a'), 'w');
const code = (f) => { try { console.log(f()); } catch (e) { console.log(e.code, e.message); } };
code(() => fs.writeSync(fd, Buffer.from('abc'), 4));
code(() => fs.writeSync(fd, Buffer.from('abc'), 1, 3));
code(() => fs.writeSync(fd, Buffer.from('abc'), 0, -1));
code(() => fs.writeSync(fd, 12));
code(() => fs.writeSync(fd, new Uint16Array([0x4141, 0x4242])));
code(() => fs.writevSync(fd, [Buffer.from('x'), 'y']));
fs.closeSync(fd);
console.log(fs.readFileSync(path.join(dir, 'a'), 'latin1'));
