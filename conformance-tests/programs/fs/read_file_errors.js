// readFile: a missing file, a directory and a closed descriptor are told by their codes.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
attempt(() => fs.readFileSync(path.join(dir, 'missing')));
attempt(() => fs.readFileSync(dir));
attempt(() => fs.readFileSync(9999));
fs.readFile(path.join(dir, 'missing'), (error, data) => {
  show(error);
  console.log(data);
  fs.promises.readFile(dir).catch(show);
});
