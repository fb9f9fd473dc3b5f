// Streams call the functions of fs, so a program can put its own there.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const { open, write, close } = fs;
const calls = [];
fs.open = (...args) => { calls.push('open'); return open(...args); };
fs.write = (...args) => { calls.push('write'); return write(...args); };
fs.close = (...args) => { calls.push('close'); return close(...args); };
fs.createWriteStream(path.join(dir, 'a')).end('x').on('close', () => console.log(calls));
