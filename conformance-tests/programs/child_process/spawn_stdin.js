// What is written to a child's stdin comes back through cat.
const child = require('child_process').spawn('cat');
child.stdout.setEncoding('utf8');
let text = '';
child.stdout.on('data', (data) => { text += data; });
child.on('close', (code) => console.log(code, JSON.stringify(text)));
child.stdin.write('one\n');
setTimeout(() => child.stdin.end('two\n'), 10);
