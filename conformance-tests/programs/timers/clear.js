// clearTimeout() takes timers, their ids as numbers or strings, intervals, and nonsense.
clearTimeout(setTimeout(() => console.log('never 1'), 1));
clearTimeout(+setTimeout(() => console.log('never 2'), 1));
clearInterval(`${setInterval(() => console.log('never 3'), 1)}`);
clearTimeout(setInterval(() => console.log('never 4'), 1));
for (const value of [undefined, null, 0, -1, NaN, 'x', {}, [], true, () => {}]) {
  clearTimeout(value);
  clearInterval(value);
}
for (const value of [undefined, null, {}]) clearImmediate(value);
const first = setTimeout(() => { console.log('first clears second'); clearTimeout(second); }, 1);
const second = setTimeout(() => console.log('never 5'), 1);
console.log(first !== second);
