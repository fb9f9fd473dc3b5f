// Immediates run in order; those that an immediate queues wait for the next iteration.
setImmediate(() => {
  console.log('immediate 1');
  setImmediate(() => console.log('immediate 3'));
  process.nextTick(() => console.log('tick'));
});
setImmediate((...args) => console.log('immediate 2', args), 'a', 'b');
const cleared = setImmediate(() => console.log('never'));
clearImmediate(cleared);
console.log(cleared.hasRef(), cleared._destroyed);
