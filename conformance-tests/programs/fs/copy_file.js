// copyFile copies bytes and mode, and can refuse to replace.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const [a, b] = [path.join(dir, 'a'), path.join(dir, 'b')];
fs.writeFileSync(a, 'bytes', { mode: 0o640 });
fs.copyFileSync(a, b);
console.log(fs.readFileSync(b, 'utf8'), (fs.statSync(b).mode & 0o777).toString(8));
attempt(() => fs.copyFileSync(a, b, fs.constants.COPYFILE_EXCL));
attempt(() => fs.copyFileSync(dir, b));
fs.writeFileSync(a, 'new');
fs.copyFile(a, b, fs.constants.COPYFILE_FICLONE, (error) => console.log(error, fs.readFileSync(b, 'utf8')));
