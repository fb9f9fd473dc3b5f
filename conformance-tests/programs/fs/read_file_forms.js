// readFile: callback, sync and promise give the same bytes, as a Buffer or in an encoding.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a');
fs.writeFileSync(file, 'grüße\n');
console.log(fs.readFileSync(file), fs.readFileSync(file, 'utf8'), fs.readFileSync(file, { encoding: 'hex' }));
fs.readFile(file, 'base64', (error, text) => {
  console.log(error, text);
  fs.promises.readFile(file, 'latin1').then(console.log);
});
