// What spawn() and its kin refuse.
const { exec, fork, spawn, spawnSync } = require('child_process');
const attempts = [
  () => spawn(), () => spawn(''), () => spawn('ls', 'text'), () => spawn('ls', [], null), () => spawn('a\0b'),
  () => spawn('ls', { stdio: 'nope' }), () => spawnSync('ls', { maxBuffer: -1 }),
  () => spawn('ls', { stdio: ['ipc', 'ipc'] }), () => exec(1), () => fork(1),
  () => fork('x.js', { stdio: ['pipe'] }), () => spawnSync('ls', { stdio: ['ipc'] }), () => spawn('ls', { cwd: 1 }),
];
for (const attempt of attempts) {
  try {
    attempt();
    console.log('accepted');
  } catch (err) {
    console.log(err.name, err.code);
  }
}
