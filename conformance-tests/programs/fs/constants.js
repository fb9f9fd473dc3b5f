// The constants that programs use, and that nothing can change them away.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const c = fs.constants;
console.log(c.O_RDONLY, c.O_CREAT, c.S_IFMT.toString(8), c.F_OK, c.R_OK, c.W_OK, c.X_OK, c.COPYFILE_EXCL, c.UV_DIRENT_DIR);
console.log(fs.promises.constants === c, Object.getPrototypeOf(c), require('fs/promises') === fs.promises);
try { fs.constants = 1; } catch (e) { console.log(e.name); }
