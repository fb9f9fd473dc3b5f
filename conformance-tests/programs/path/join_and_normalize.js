// join and normalize work out dots and slashes.
'use strict';
const path = require('path');
for (const p of ['', '.', '/', '//a//b/', 'a/../..', '/../a', './a/./b/..', 'a/b/../../c/', '../../x', '/a/..', '..//']) {
  console.log(JSON.stringify(p), path.normalize(p), path.win32.normalize(p));
}
console.log(path.join(), path.join('a', '', '../b', '/c/'), path.join('/', '..', 'x'), path.win32.join('c:\\a', '..', 'b'));
