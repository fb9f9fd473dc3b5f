// exec() runs a shell; its error carries the command's fate.
const { exec } = require('child_process');
exec('echo $A; echo no >&2', { env: { A: 'value', PATH: process.env.PATH } }, (err, stdout, stderr) => {
  console.log(err, [stdout, stderr]);
  exec('echo partly; exit 3', (err, stdout) => {
    console.log(err.message, err.code, err.killed, err.signal, err.cmd, [stdout]);
    exec('sleep 100', { timeout: 20 }, (err) => console.log(err.code, err.killed, err.signal));
  });
});
