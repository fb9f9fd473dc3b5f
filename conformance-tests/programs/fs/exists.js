// exists never fails, and its promise form gives a boolean.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
fs.exists(dir, (yes) => console.log(yes));
fs.exists(path.join(dir, 'no'), (yes) => console.log(yes));
console.log(fs.existsSync(dir), fs.existsSync(''), fs.existsSync('a\0b'));
require('util').promisify(fs.exists)(dir).then((yes) => console.log('promise', yes));
