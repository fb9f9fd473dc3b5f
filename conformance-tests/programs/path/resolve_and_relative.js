// resolve goes from the right until the path is absolute; relative leads from one to the other.
'use strict';
const path = require('path');
console.log(path.resolve('/a/b', '../c', './d'), path.resolve('/a', '/b', 'c/'), path.resolve('x') === path.join(process.cwd(), 'x'));
for (const [from, to] of [['/a/b/c', '/a/d'], ['/a', '/a'], ['/', '/x/y'], ['/foo/bar', '/foo'], ['/foo', '/foobar'], ['a', 'b/c']]) {
  console.log(from, to, JSON.stringify(path.relative(from, to)));
}
console.log(path.win32.relative('C:\\a\\b', 'C:\\A\\c'), path.win32.relative('C:\\a', 'D:\\b'), path.win32.resolve('C:\\a', '..\\b'));
