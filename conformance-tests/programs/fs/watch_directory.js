// watch names what came and what changed.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const watcher = fs.watch(dir, (type, name) => {
  console.log(type, name);
  watcher.close();
});
watcher.on('close', () => console.log('close'));
fs.writeFileSync(path.join(dir, 'new'), '');
