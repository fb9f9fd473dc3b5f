// basename, dirname, extname at the edges.
'use strict';
const path = require('path');
for (const p of ['/a/b.html', 'a.b.c', '.bashrc', '..', '...', 'a.', '/', '//x', '/a/', 'a//b', 'x/.y.z', '']) {
  console.log(JSON.stringify(p), path.basename(p), path.dirname(p), path.extname(p));
}
console.log(path.basename('a/b.html', '.html'), path.basename('.html', '.html'), path.basename('b.html', 'b.html'), path.basename('x', 'yx'));
