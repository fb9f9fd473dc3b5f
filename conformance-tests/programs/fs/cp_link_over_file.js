'use strict';
// fs.cp() puts a link in the place of a link, never of a file, whatever the options say.
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-cp-'));
fs.mkdirSync(path.join(root, 'a'));
fs.mkdirSync(path.join(root, 'b'));
fs.symlinkSync(root, path.join(root, 'a', 'link'));
fs.writeFileSync(path.join(root, 'b', 'link'), 'a file');
for (const options of [{}, { force: false }]) {
  try {
    fs.cpSync(path.join(root, 'a'), path.join(root, 'b'), { recursive: true, ...options });
    console.log('copied');
  } catch (error) {
    console.log(error.code, error.syscall);
  }
}
console.log(fs.readFileSync(path.join(root, 'b', 'link'), 'utf8'));
fs.rmSync(root, { recursive: true });
