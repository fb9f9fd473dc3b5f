// Main, index, scopes, exports with conditions and patterns.
const from = require('./fixtures/require_from');
for (const id of ['plain', 'plain/other', 'plain/other.js', 'indexed', '@scope/pkg', 'dual', 'dual/feature/x', 'dual/only-node', 'dual/list']) {
  console.log(id, from(id));
}
