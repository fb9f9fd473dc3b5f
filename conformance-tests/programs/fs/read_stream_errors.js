// A read stream of a missing file: one error, then close.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const show = (error) => console.log(String(error.message).replaceAll(dir, 'DIR'), Object.keys(error).join());
const attempt = (f) => { try { console.log(f()); } catch (error) { show(error); } };
const stream = fs.createReadStream(path.join(dir, 'missing'));
stream.on('error', (error) => show(error)).on('close', () => console.log('close', stream.destroyed));
stream.on('open', () => console.log('never')).on('end', () => console.log('never'));
try { fs.createReadStream(dir, { start: 5, end: 2 }); } catch (e) { console.log(e.code); }
try { fs.createReadStream(dir, { start: '5' }); } catch (e) { console.log(e.code); }
try { fs.createReadStream(dir, { flags: 'q' }).on('error', () => {}); } catch (e) { console.log(e.code); }
