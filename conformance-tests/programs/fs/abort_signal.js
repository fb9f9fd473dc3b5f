// A signal stops readFile and writeFile, before and on the way.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
(async () => {
  const file = path.join(dir, 'a');
  fs.writeFileSync(file, 'x'.repeat(100000));
  const report = (e) => console.log(e.name, e.code, e.message);
  await fs.promises.readFile(file, { signal: AbortSignal.abort() }).catch(report);
  const controller = new AbortController();
  const reading = fs.promises.readFile(file, { signal: controller.signal });
  controller.abort();
  await reading.catch(report);
  await fs.promises.writeFile(file, 'y', { signal: AbortSignal.abort() }).catch(report);
  fs.readFile(file, { signal: AbortSignal.abort() }, report);
})();
