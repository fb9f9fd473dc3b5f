// Require.resolve, its paths option, and require.resolve.paths.
const path = require('path');
const short = (p) => path.relative(__dirname, p);
console.log(short(require.resolve('./fixtures/local')));
console.log(require.resolve('fs'), require.resolve('node:fs'));
console.log(short(require.resolve('plain', { paths: [path.join(__dirname, 'fixtures')] })));
console.log(require.resolve.paths('fs'), short(require.resolve.paths('./x')[0]) === '');
console.log(short(require.resolve.paths('x')[0]));
try {
  require.resolve('./none');
} catch (e) {
  console.log(e.code, e.requireStack.map(short));
}
