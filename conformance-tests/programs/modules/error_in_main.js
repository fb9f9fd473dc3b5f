// An uncaught error shows its place and exits with 1.
console.log('before');
function inner() {
  throw new TypeError('out of main');
}
inner();
