// An exception in one timer doesn't stop the others, nor the interval that threw it.
process.on('uncaughtException', (error, origin) => console.log('uncaught', error.message, origin));
setTimeout(() => { throw new Error('timer'); }, 1);
setTimeout(() => console.log('next timer'), 1);
let n = 0;
const interval = setInterval(() => {
  if (++n === 2) clearInterval(interval);
  throw new Error(`interval ${n}`);
}, 100);
