// An uncaught error of a child is its exit code; sending to it later fails.
if (process.argv[2] === 'child') {
  throw new Error('in the child');
} else {
  const child = require('child_process').fork(__filename, ['child'], { silent: true });
  let text = '';
  child.stderr.on('data', (data) => { text += data; });
  child.on('close', (code, signal) => {
    console.log(code, signal, text.includes('Error: in the child'));
    console.log(child.send('late', (err) => console.log(err.code)));
  });
}
