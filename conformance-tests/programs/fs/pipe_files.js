// A file piped into another.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const [a, b] = [path.join(dir, 'a'), path.join(dir, 'b')];
const data = Buffer.alloc(300000);
for (let i = 0; i < data.length; i++) data[i] = (i * 7) & 255;
fs.writeFileSync(a, data);
require('stream').pipeline(fs.createReadStream(a), fs.createWriteStream(b), (error) => {
  console.log(error, fs.readFileSync(b).equals(data));
  require('stream').pipeline(fs.createReadStream(path.join(dir, 'no')), fs.createWriteStream(b), (error) => show(error));
});
