// cp copies a tree, asks a filter and keeps links.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);
fs.mkdirSync(at('src/deep'), { recursive: true });
for (const f of ['src/a.js', 'src/b.txt', 'src/deep/c.js']) fs.writeFileSync(at(f), f);
fs.symlinkSync('a.js', at('src/link'));
fs.cpSync(at('src'), at('one'), { recursive: true });
console.log(fs.readdirSync(at('one'), { recursive: true }).sort(), path.basename(fs.readlinkSync(at('one/link'))));
fs.cpSync(at('src'), at('two'), { recursive: true, filter: (src) => !src.endsWith('.txt') });
console.log(fs.readdirSync(at('two')));
for (const f of [() => fs.cpSync(at('src'), at('three')), () => fs.cpSync(at('src'), at('src/x'), { recursive: true }),
                 () => fs.cpSync(at('src/a.js'), at('one')), () => fs.cpSync(at('src'), at('src'), { recursive: true })]) {
  try { f(); } catch (e) { console.log(e.code, e.name, e.syscall); }
}
fs.promises.cp(at('src/a.js'), at('four')).then(() => console.log(fs.readFileSync(at('four'), 'utf8')));
