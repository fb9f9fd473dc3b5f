// Each call names its own operation in the error.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const missing = path.join(dir, 'missing');
for (const name of ['accessSync', 'statSync', 'lstatSync', 'readdirSync', 'rmdirSync', 'unlinkSync', 'readlinkSync',
                    'truncateSync', 'realpathSync', 'statfsSync', 'rmSync']) attempt(() => fs[name](missing));
attempt(() => fs.chmodSync(missing, 0o600));
attempt(() => fs.chownSync(missing, 0, 0));
attempt(() => fs.utimesSync(missing, 1, 1));
attempt(() => fs.lutimesSync(missing, 1, 1));
attempt(() => fs.copyFileSync(missing, missing + '2'));
attempt(() => fs.linkSync(missing, missing + '2'));
attempt(() => fs.realpathSync.native(missing));
attempt(() => fs.mkdtempSync(path.join(missing, 'x')));
