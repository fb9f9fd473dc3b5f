// require() of an ES module gives its namespace; top-level await is refused. Node 24 (the recording Node 20 refuses both).
const from = require('./fixtures/require_from');
const ns = from('esm-only');
console.log(ns.n, ns.default(), ns.__esModule);
try {
  from('tla');
} catch (e) {
  console.log(e.code);
}
console.log(require('./fixtures/counter.mjs').n);
console.log(require('./fixtures/ambiguous').seen);
