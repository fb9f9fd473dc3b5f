// rename replaces, unlink takes a name away; neither works on the wrong kind.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const at = (name) => path.join(dir, name);
fs.writeFileSync(at('a'), 'A');
fs.writeFileSync(at('b'), 'B');
fs.renameSync(at('a'), at('b'));
console.log(fs.readdirSync(dir), fs.readFileSync(at('b'), 'utf8'));
fs.mkdirSync(at('d'));
fs.writeFileSync(at('d/x'), '');
attempt(() => fs.renameSync(at('b'), at('d')));
attempt(() => fs.renameSync(at('nothing'), at('c')));
attempt(() => fs.rmdirSync(at('d')));
attempt(() => fs.rmdirSync(at('b')));
fs.unlink(at('b'), (error) => {
  console.log(error, fs.readdirSync(dir));
  fs.unlink(at('b'), show);
});
