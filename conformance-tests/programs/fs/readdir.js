// readdir sorts, and gives types, paths below and bytes when asked.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
fs.mkdirSync(path.join(dir, 'b', 'c'), { recursive: true });
for (const name of ['z', 'a', 'b/m', 'b/c/n']) fs.writeFileSync(path.join(dir, name), '');
fs.symlinkSync('a', path.join(dir, 'l'));
console.log(fs.readdirSync(dir), fs.readdirSync(dir, 'buffer')[0]);
for (const e of fs.readdirSync(dir, { withFileTypes: true })) {
  console.log(e.name, e.isFile(), e.isDirectory(), e.isSymbolicLink(), e.parentPath === dir, e instanceof fs.Dirent);
}
console.log(fs.readdirSync(dir, { recursive: true }).sort());
fs.readdir(path.join(dir, 'a'), (error) => { show(error); });
