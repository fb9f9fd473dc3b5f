// execSync() and execFileSync() give stdout, or throw what spawnSync() would have said.
const { execFileSync, execSync } = require('child_process');
console.log(execSync('echo one').toString(), execFileSync('echo', ['two'], { encoding: 'utf8' }));
try {
  execSync('echo partly; echo wrong >&2; exit 6', { stdio: 'pipe' });
} catch (err) {
  console.log(err.message, err.status, err.signal, String(err.stdout), String(err.stderr), err.output.length);
}
try {
  execFileSync('no-such-program');
} catch (err) {
  console.log(err.code, err.syscall, err.path);
}
