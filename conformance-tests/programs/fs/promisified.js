// util.promisify gives read and write their named results.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const { promisify } = require('util');
(async () => {
  const fd = fs.openSync(path.join(dir, 'a'), 'w+');
  console.log(await promisify(fs.write)(fd, 'text'));
  const { bytesRead, buffer } = await promisify(fs.read)(fd, Buffer.alloc(4), 0, 4, 0);
  console.log(bytesRead, buffer.toString());
  console.log(await promisify(fs.readFile)(path.join(dir, 'a'), 'utf8'), await promisify(fs.close)(fd));
})();
