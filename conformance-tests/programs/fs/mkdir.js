// mkdir: one level, many levels and what is in the way.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const show2 = (p) => console.log(p === undefined ? p : p.replaceAll(dir, 'DIR'));
show2(fs.mkdirSync(path.join(dir, 'a')));
attempt(() => fs.mkdirSync(path.join(dir, 'a')));
attempt(() => fs.mkdirSync(path.join(dir, 'x', 'y')));
show2(fs.mkdirSync(path.join(dir, 'a', 'b', 'c', 'd'), { recursive: true }));
show2(fs.mkdirSync(path.join(dir, 'a', 'b'), { recursive: true }));
fs.writeFileSync(path.join(dir, 'f'), '');
attempt(() => fs.mkdirSync(path.join(dir, 'f'), { recursive: true }));
attempt(() => fs.mkdirSync(path.join(dir, 'f', 'g'), { recursive: true }));
fs.mkdir(path.join(dir, 'p', 'q'), { recursive: true }, (error, first) => { console.log(error); show2(first); });
