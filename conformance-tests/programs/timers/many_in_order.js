// Ten thousand timers of one duration fire in the order of their starts.
let last = -1;
let inOrder = true;
for (let i = 0; i < 10000; i++) {
  setTimeout(() => {
    if (i !== last + 1) inOrder = false;
    last = i;
  }, 2);
}
process.on('exit', () => console.log(last, inOrder));
