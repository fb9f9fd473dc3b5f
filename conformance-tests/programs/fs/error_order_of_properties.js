// A system error's own properties and their order.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
for (const f of [() => fs.openSync(path.join(dir, 'x')), () => fs.renameSync(path.join(dir, 'x'), path.join(dir, 'y')),
                 () => fs.fsyncSync(9999)]) {
  try { f(); } catch (e) {
    console.log(Object.keys(e).join(), e.errno, e.code, e.syscall, e.name, e instanceof Error, e.path === undefined);
  }
}
