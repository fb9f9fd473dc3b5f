// parse takes a path apart and format puts one together.
'use strict';
const path = require('path');
for (const p of ['/home/u/file.txt', './a/b', 'x', '/', '/x', '//a/b.c', 'a/']) console.log(path.parse(p), path.format(path.parse(p)));
console.log(path.format({ dir: '/d', name: 'n', ext: 'e' }), path.format({ root: '/', base: 'b', ext: 'ignored' }), path.format({}));
console.log(path.win32.parse('C:\\a\\b.txt'), path.win32.parse('\\\\srv\\share\\x'));
