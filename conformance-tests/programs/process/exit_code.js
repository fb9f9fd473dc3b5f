// process.exitCode decides where exit() is called without a code; 'exit' listeners may change it.
process.exitCode = 3;
process.on('exit', (code) => {
  console.log('first', code, process.exitCode);
  process.exitCode = 7;
});
process.on('exit', (code) => console.log('second', code));
