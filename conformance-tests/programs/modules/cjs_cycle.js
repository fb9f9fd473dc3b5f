// A cycle sees what is there so far.
const a = require('./fixtures/cycle_a');
const b = require('./fixtures/cycle_b');
console.log(a, b);
