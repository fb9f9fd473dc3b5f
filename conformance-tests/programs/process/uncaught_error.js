// An error that nobody catches shows its line and stack and ends with code 1.
process.on('exit', (code) => console.log('exit', code));
function fail() {
  throw new TypeError('no such luck');
}
fail();
