// Arguments that make no sense throw at once, with Node's codes and words.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const code = (f) => { try { f(); console.log('no error'); } catch (e) { console.log(e.name, e.code, e.message); } };
code(() => fs.readFileSync());
code(() => fs.readFileSync({}));
code(() => fs.readFileSync('a\0b'));
code(() => fs.readFile('x'));
code(() => fs.readFile('x', 'no-such-encoding', () => {}));
code(() => fs.openSync('x', 'rw'));
code(() => fs.openSync('x', 'r', 'zz'));
code(() => fs.closeSync(-1));
code(() => fs.closeSync('1'));
code(() => fs.writeFileSync(path.join(dir, 'a'), { a: 1 }));
code(() => fs.mkdirSync(path.join(dir, 'd'), { recursive: 'yes' }));
code(() => fs.chmodSync(dir, '9'));
code(() => fs.utimesSync(dir, 'then', 0));
try { fs.accessSync(dir, 8); } catch (e) { console.log(e.name, e.code); }
code(() => fs.createReadStream(1));
try { fs.copyFileSync('a', 'b', 99); } catch (e) { console.log(e.name, e.code); }
