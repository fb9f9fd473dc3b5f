// A path may be text, bytes or a file URL.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a b');
const { pathToFileURL } = require('url');
fs.writeFileSync(pathToFileURL(file), 'x');
console.log(fs.readFileSync(Buffer.from(file), 'utf8'), fs.existsSync(pathToFileURL(file)), fs.readdirSync(pathToFileURL(dir)));
try { fs.readFileSync(new URL('http://localhost/x')); } catch (e) { console.log(e.code); }
try { fs.readFileSync(new URL('file:///a%00b')); } catch (e) { console.log(e.code); }
