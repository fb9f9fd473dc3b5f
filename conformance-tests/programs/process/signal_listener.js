// A signal with a listener is an event; its handle doesn't keep the program alive by itself.
const timer = setTimeout(() => {}, 10000);
process.on('SIGUSR2', (name, number) => {
  console.log(name, number === require('os').constants.signals.SIGUSR2);
  clearTimeout(timer);
});
console.log(process.kill(process.pid, 'SIGUSR2'));
console.log(process.kill(process.pid, 0));
