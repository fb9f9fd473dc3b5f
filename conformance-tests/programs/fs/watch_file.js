// watchFile reports a file that appears; unwatchFile lets the program end.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'a');
let n = 0;
fs.watchFile(file, { interval: 20 }, (now, before) => {
  console.log(n, now.size, before.size, now.mtimeMs > 0);
  if (n++ === 0) fs.writeFileSync(file, 'abc');
  else fs.unwatchFile(file);
});
