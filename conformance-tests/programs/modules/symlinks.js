// Symbolic links are followed.
const fs = require('fs');
const path = require('path');
const dir = fs.mkdtempSync('/tmp/ouro-links-');
fs.writeFileSync(path.join(dir, 'real.js'), 'module.exports = __filename;');
fs.symlinkSync('real.js', path.join(dir, 'link.js'));
const real = fs.realpathSync(dir) + '/real.js';
console.log(require(path.join(dir, 'link.js')) === real, require(path.join(dir, 'real')) === real);
fs.rmSync(dir, { recursive: true });
