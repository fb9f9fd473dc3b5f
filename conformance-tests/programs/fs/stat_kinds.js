// stat follows links, lstat doesn't; the is… methods tell the kinds apart.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
fs.writeFileSync(path.join(dir, 'file'), '12345');
fs.symlinkSync('file', path.join(dir, 'link'));
const kinds = (s) => ['isFile', 'isDirectory', 'isSymbolicLink', 'isFIFO', 'isSocket', 'isBlockDevice',
                      'isCharacterDevice'].filter((k) => s[k]()).join();
console.log(kinds(fs.statSync(path.join(dir, 'file'))), kinds(fs.statSync(dir)));
console.log(kinds(fs.statSync(path.join(dir, 'link'))), kinds(fs.lstatSync(path.join(dir, 'link'))));
console.log(kinds(fs.statSync('/dev/null')), fs.statSync(path.join(dir, 'file')).size);
console.log(fs.statSync(path.join(dir, 'nothing'), { throwIfNoEntry: false }));
const s = fs.statSync(path.join(dir, 'file'));
console.log(s.mtime instanceof Date, s.mtime.getTime() === Math.round(s.mtimeMs), s instanceof fs.Stats);
