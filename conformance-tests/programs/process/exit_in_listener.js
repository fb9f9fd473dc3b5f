// process.exit() inside an 'exit' listener sets the code and doesn't start over.
process.on('exit', (code) => {
  console.log('exit', code);
  process.exit(9);
});
process.exit(2);
