// The quote that needs no escaping is chosen; control characters and lone surrogates are escaped.
const { inspect } = require('util');

console.log(inspect("it's"));
console.log(inspect('both \' and "'));
console.log(inspect('all \' " `'));
console.log(inspect('tab\t nul\0 esc\x1b del\x7f back\\slash'));
console.log(inspect('\ud83d alone, \ud83d\ude00 together'));
