// spawnSync() waits, with input, encodings and every way to end.
const { spawnSync } = require('child_process');
const cat = spawnSync('cat', { input: 'given', encoding: 'utf8' });
console.log(cat.status, cat.signal, cat.output, cat.stdout, typeof cat.pid, cat.error);
console.log(spawnSync('sh', ['-c', 'printf ab; exit 4']).stdout);
const slow = spawnSync('sleep', ['100'], { timeout: 20, killSignal: 'SIGKILL' });
console.log(slow.status, slow.signal, slow.error.code, slow.error.syscall);
const none = spawnSync('no-such-program', ['x']);
console.log(none.status, none.output, none.pid, none.error.message, none.error.spawnargs);
