// The exit codes of programs that end in different ways.
const { spawnSync } = require('child_process');
for (const code of ['0', 'process.exit(3)', 'process.exitCode = 4', 'throw 1', 'Promise.reject(1)', 'syntax error',
                    'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1000)',
                    'process.on("exit", () => { process.exitCode = 8 })',
                    'process.on("uncaughtException", () => { throw 1 }); throw 2']) {
  const { status, signal } = spawnSync(process.execPath, ['-e', code]);
  console.log(status, signal, code);
}
console.log(spawnSync(process.execPath, ['--no-such-flag']).status);
console.log(spawnSync(process.execPath, ['no-such-file.js']).status);
