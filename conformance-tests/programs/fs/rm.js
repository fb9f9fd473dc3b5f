// rm: files, trees, and what needs recursive or force.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const at = (name) => path.join(dir, name);
fs.mkdirSync(at('t/u'), { recursive: true });
fs.writeFileSync(at('t/u/f'), '');
fs.symlinkSync(dir, at('t/up'));
try { fs.rmSync(at('t')); } catch (e) { console.log(e.code, e.name, e.syscall); }
attempt(() => fs.rmSync(at('nothing')));
console.log(fs.rmSync(at('nothing'), { force: true }));
fs.rmSync(at('t'), { recursive: true });
console.log(fs.readdirSync(dir));
try { fs.rmSync(dir, { recursive: 1 }); } catch (e) { console.log(e.code); }
fs.rm(at('nothing'), show);
