// FileHandle: its calls, and what it says after close.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
(async () => {
  const handle = await fs.promises.open(path.join(dir, 'a'), 'w+');
  console.log((await handle.write('hello world')).bytesWritten, (await handle.writev([Buffer.from('!')])).bytesWritten);
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(5), 0, 5, 6);
  console.log(bytesRead, buffer.toString(), (await handle.stat()).size);
  await handle.truncate(5);
  console.log(await fs.promises.readFile(path.join(dir, 'a'), 'utf8'));
  handle.on('close', () => console.log('close'));
  await handle.close();
  console.log(handle.fd);
  await handle.read().catch((e) => console.log(e.code, e.message, e.syscall));
  await fs.promises.open(path.join(dir, 'no')).catch(show);
})();
