// util.promisify(setTimeout) is the function of timers/promises.
const { promisify } = require('util');
const timers = require('timers');
console.log(promisify(setTimeout) === timers.promises.setTimeout, timers.promises === require('timers/promises'));
promisify(setTimeout)(1, 'value').then(console.log).then(() => promisify(setImmediate)('immediate')).then(console.log);
console.log(timers.setTimeout === setTimeout, timers.clearImmediate === clearImmediate);
