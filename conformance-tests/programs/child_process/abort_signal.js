// An AbortSignal ends a child and says so with an 'error' event.
const { spawn } = require('child_process');
const controller = new AbortController();
const child = spawn('sleep', ['100'], { signal: controller.signal });
child.on('error', (err) => console.log(err.name, err.code, err.cause.message));
child.on('exit', (code, signal) => console.log(code, signal));
controller.abort(new Error('no longer needed'));
