// An interval goes on until it is cleared, also from within.
let n = 0;
const interval = setInterval(() => {
  console.log('interval', ++n);
  if (n === 3) {
    clearInterval(interval);
    console.log(interval._destroyed);
  }
}, 20);
