// A name that is not UTF-8 comes and goes as bytes.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const name = Buffer.concat([Buffer.from(dir + '/f'), Buffer.from([0xff, 0xfe])]);
fs.writeFileSync(name, 'found');
const [bytes] = fs.readdirSync(dir, 'buffer');
console.log(bytes, fs.readdirSync(dir)[0] === 'f\ufffd\ufffd', fs.readdirSync(dir, 'latin1')[0]);
console.log(fs.readFileSync(name, 'utf8'), fs.statSync(name).size);
fs.unlinkSync(name);
console.log(fs.readdirSync(dir));
