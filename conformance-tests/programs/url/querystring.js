// querystring.parse and stringify.
'use strict';
const qs = require('querystring');
console.log(qs.parse('a=1&b=2&a=3&c&=d&e=%zz+f&g=%E2%82%AC'), qs.parse('a:1;b:2', ';', ':'), qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }));
console.log(qs.stringify({ a: [1, 'x y'], b: true, c: null, d: 5n, e: {}, f: '€' }), qs.stringify({ a: 1, b: 2 }, ';', ':'));
console.log(qs.escape('a b&c'), qs.unescape('%41%'), qs.unescapeBuffer('a%20b'));
try { qs.escape('\ud800'); } catch (error) { console.log(error.name, error.code); }
