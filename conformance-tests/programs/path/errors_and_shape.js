// What the module has, and what it says to arguments that are no strings.
'use strict';
const path = require('path');
console.log(path.sep, path.delimiter, path.posix === path, path.win32.win32 === path.win32, path.win32.posix === path, require('path/posix') === path);
console.log(path.isAbsolute('/a'), path.isAbsolute('a'), path.win32.isAbsolute('c:/'), path.win32.isAbsolute('c:'), path.toNamespacedPath('/x'));
for (const f of [() => path.join('a', 1), () => path.basename(null), () => path.resolve({}), () => path.relative('a'), () => path.format('x')]) {
  try { f(); } catch (error) { console.log(error.code, error.message); }
}
