// Assigning to parts; an unfit value changes nothing.
'use strict';
const url = new URL('http://example.org/a?b#c');
const set = (part, value) => { url[part] = value; console.log(part, JSON.stringify(value), url.href); };
set('protocol', 'https');
set('protocol', 'mailto');
set('host', 'x.y:81');
set('hostname', 'z.w:9');
set('port', '443');
set('port', '8x');
set('username', 'me:you');
set('password', '@');
set('pathname', 'p q?#');
set('search', 'k=v w');
set('hash', '');
set('search', '');
set('href', 'ftp://f/');
try { url.href = 'bad'; } catch (error) { console.log(error.code, url.href); }
