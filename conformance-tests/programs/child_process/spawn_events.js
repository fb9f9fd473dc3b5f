// The order of a child's events, and what they say.
const { spawn } = require('child_process');
const child = spawn('sh', ['-c', 'echo out; echo err >&2; exit 5']);
console.log(typeof child.pid, child.spawnfile, child.spawnargs, child.exitCode, child.killed);
child.on('spawn', () => console.log('spawn'));
const texts = { stdout: '', stderr: '' };
child.stdout.on('data', (data) => { texts.stdout += data; });
child.stderr.on('data', (data) => { texts.stderr += data; });
child.on('close', (code, signal) => console.log('close', code, signal, texts, child.exitCode));
