// Output beyond maxBuffer is cut and an error; an encoding of 'buffer' gives bytes.
const { execFile } = require('child_process');
execFile('echo', ['hello world'], { maxBuffer: 5 }, (err, stdout) => {
  console.log(err.code, err.message, [stdout]);
  execFile('echo', ['hi'], { encoding: 'buffer' }, (err, stdout) => console.log(err, stdout));
});
