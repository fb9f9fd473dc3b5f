// watch of a missing path throws; so does a bad option.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
try { fs.watch(path.join(dir, 'no')); } catch (e) { console.log(e.code, e.syscall, e.filename.replace(dir, 'DIR')); }
try { fs.watch(dir, { recursive: 1 }); } catch (e) { console.log(e.code); }
