// cwd, argv0, shell and env.
const { spawnSync } = require('child_process');
const run = (file, args, options) => spawnSync(file, args, { encoding: 'utf8', ...options }).stdout.trim();
console.log(run('pwd', [], { cwd: '/' }));
console.log(run('/bin/sh', ['-c', 'echo $0'], { argv0: 'renamed' }));
console.log(run('echo $((1 + 2)) | cat', { shell: true }));
console.log(run('echo', ['$HOME']));
console.log(run('sh', ['-c', 'echo [$A] [$B]'], { env: { A: 'x', B: undefined, PATH: process.env.PATH } }));
