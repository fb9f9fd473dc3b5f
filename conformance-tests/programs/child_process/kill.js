// A child that a signal ends has a signalCode and no exit code.
const child = require('child_process').spawn('sleep', ['100']);
child.on('exit', (code, signal) => {
  console.log(code, signal, child.killed, child.signalCode, child.exitCode);
  console.log(child.kill());
});
console.log(child.kill('SIGKILL'), child.killed);
try {
  child.kill('SIGNOPE');
} catch (err) {
  console.log(err.code);
}
