// Timers pass on their arguments; `this` is the timer.
const timer = setTimeout(function(...args) { console.log(this === timer, args); }, 1, 'a', undefined, 3, 4, 5);
const immediate = setImmediate(function(...args) { console.log(this === immediate, args); });
let n = 0;
const interval = setInterval(function(...args) {
  console.log(this === interval, args, ++n);
  if (n === 2) clearInterval(this);
}, 100, 'x');
for (const f of [setTimeout, setInterval, setImmediate]) {
  try { f('code'); } catch (error) { console.log(`${error}`); }
}
