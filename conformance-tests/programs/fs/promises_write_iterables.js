// promises.writeFile takes whatever gives chunks.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
(async () => {
  const file = path.join(dir, 'a');
  await fs.promises.writeFile(file, ['a', 'b', 'c']);
  console.log(fs.readFileSync(file, 'utf8'));
  await fs.promises.writeFile(file, (async function* () { yield 'x'; yield Buffer.from('y'); })());
  await fs.promises.appendFile(file, new Uint8Array([33]));
  console.log(fs.readFileSync(file, 'utf8'));
  await fs.promises.writeFile(file, 5).catch((e) => console.log(e.code));
  await fs.promises.writeFile(file, [5]).catch((e) => console.log(e.code));
})();
