'use strict';
// NODE_REDIRECT_WARNINGS names a file that warnings go to.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-warnings-'));
const file = path.join(folder, 'warnings.txt');
const { stderr } = spawnSync(process.execPath, ['-e', 'process.emitWarning("careful")'], {
  env: { ...process.env, NODE_REDIRECT_WARNINGS: file }, encoding: 'utf8',
});
console.log(stderr === '', /Warning: careful/.test(fs.readFileSync(file, 'utf8')));
fs.rmSync(folder, { recursive: true });
