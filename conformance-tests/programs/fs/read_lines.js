// FileHandle.readLines gives a file line by line.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
(async () => {
  fs.writeFileSync(path.join(dir, 'a'), 'one\ntwo\r\n\nfour');
  const handle = await fs.promises.open(path.join(dir, 'a'));
  for await (const line of handle.readLines()) console.log(JSON.stringify(line));
  console.log(handle.fd);
})();
