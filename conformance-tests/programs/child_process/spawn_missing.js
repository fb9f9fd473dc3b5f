// A program that isn't there is an 'error' event, then 'close'.
const child = require('child_process').spawn('no-such-program', ['a', 'b']);
console.log(child.pid);
child.on('exit', () => console.log('never'));
child.on('error', (err) => console.log(err.message, err.code, err.errno, err.syscall, err.path, err.spawnargs));
child.on('close', (code, signal) => console.log('close', code, signal));
