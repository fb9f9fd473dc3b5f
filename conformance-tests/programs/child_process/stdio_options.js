// inherit, ignore, a descriptor, and more pipes than three.
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
spawnSync('echo', ['inherited'], { stdio: ['ignore', 'inherit', 'ignore'] });
const file = `${require('os').tmpdir()}/stdio-options-${process.pid}`;
const fd = fs.openSync(file, 'w');
spawnSync('echo', ['into a file'], { stdio: ['ignore', fd, 'ignore'] });
fs.closeSync(fd);
console.log(fs.readFileSync(file, 'utf8').trim());
fs.unlinkSync(file);
const child = spawn('sh', ['-c', 'cat <&3 >&4'], { stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'] });
console.log(child.stdin, child.stdout, child.stdio.length);
child.stdio[4].on('data', (data) => console.log('four:', String(data)));
child.stdio[3].end('through three');
