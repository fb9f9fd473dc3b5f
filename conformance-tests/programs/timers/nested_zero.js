// A chain of zero timeouts lets immediates and promises in between; the loop never starves.
const order = [];
function chain(n) {
  order.push(`t${n}`);
  if (n === 3) return setImmediate(() => console.log(order.filter((x) => x[0] === 't').join(' '), order.includes('i')));
  Promise.resolve().then(() => order.push('m'));
  setTimeout(chain, 0, n + 1);
}
setTimeout(chain, 0, 0);
setImmediate(() => order.push('i'));
