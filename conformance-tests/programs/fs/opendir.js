// A directory read entry by entry, and what a closed one says.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
for (const name of ['a', 'b', 'c']) fs.writeFileSync(path.join(dir, name), '');
const names = [];
const d = fs.opendirSync(dir);
for (let e = d.readSync(); e !== null; e = d.readSync()) names.push(e.name);
console.log(names.sort(), d.path === dir);
d.closeSync();
try { d.readSync(); } catch (e) { console.log(e.code, e.message); }
(async () => {
  const found = [];
  for await (const e of await fs.promises.opendir(dir, { bufferSize: 1 })) found.push(e.name);
  console.log(found.sort());
  const other = await fs.promises.opendir(dir);
  await other.close();
  await other.close().catch((e) => console.log(e.code));
})();
