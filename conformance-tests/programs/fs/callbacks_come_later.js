// No callback runs before the call has returned, nor before the next ticks.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const order = [];
fs.stat(dir, () => { order.push('stat'); console.log(order.join()); });
fs.read(fs.openSync(path.join(dir, 'a'), 'w+'), Buffer.alloc(0), 0, 0, 0, () => order.push('empty read'));
process.nextTick(() => order.push('tick'));
Promise.resolve().then(() => order.push('microtask'));
order.push('sync');
