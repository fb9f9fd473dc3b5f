// access tells what may be done with a file.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const file = path.join(dir, 'a');
fs.writeFileSync(file, '', { mode: 0o600 });
console.log(fs.accessSync(file), fs.accessSync(file, fs.constants.R_OK | fs.constants.W_OK));
attempt(() => fs.accessSync(file, fs.constants.X_OK));
fs.access(path.join(dir, 'no'), show);
fs.promises.access(dir).then((value) => console.log(value));
