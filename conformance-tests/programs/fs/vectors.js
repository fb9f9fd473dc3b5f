// readv fills several buffers in a row, writev empties them.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a');
const fd = fs.openSync(file, 'w+');
console.log(fs.writevSync(fd, [Buffer.from('one'), Buffer.from('two'), new Uint8Array([33])]));
const views = [Buffer.alloc(2), Buffer.alloc(3), Buffer.alloc(9)];
console.log(fs.readvSync(fd, views, 0), views.map((v) => v.toString('latin1').replaceAll('\0', '.')));
fs.readv(fd, views, 5, (error, n, same) => {
  console.log(error, n, same === views, views[0].toString());
  fs.writev(fd, [Buffer.from('!')], 0, (error, n) => {
    console.log(error, n);
    fs.closeSync(fd);
    console.log(fs.readFileSync(file, 'utf8'));
  });
});
