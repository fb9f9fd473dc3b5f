'use strict';
// Memory that runs out is a RangeError here, at the limit of --max-old-space-size; Node ends the process.
function outcome(take) {
  try {
    take();
    return 'done';
  } catch (error) {
    return error.name;
  }
}

console.log(outcome(() => { const all = []; for (;;) all.push(new Array(1000).fill({})); }));
console.log(outcome(() => { let s = 'x'; for (;;) s = [...s, s].join('') + s; }));
console.log(outcome(() => { const all = []; for (;;) all.push(Buffer.alloc(1 << 20)); }));
console.log(outcome(() => [...new Uint8Array(60e6)]));
console.log([1, 2, 3].map((x) => x * 2));
