// The output of one child is the input of another.
const { spawn } = require('child_process');
const first = spawn('printf', ['b\\na\\nc\\n']);
const second = spawn('sort', { stdio: [first.stdout, 'pipe', 'inherit'] });
second.stdout.setEncoding('utf8');
second.stdout.on('data', (data) => console.log(JSON.stringify(data)));
second.on('close', (code) => console.log('sorted', code));
