// Resolution against a base.
'use strict';
const base = 'http://a/b/c/d;p?q';
for (const text of ['g:h', 'g', './g/', '/g', '//g', '?y', 'g?y#s', '#s', ';x', '', '..', '../..', '../../../g', 'g;x=1/../y', 'http:g']) {
  console.log(JSON.stringify(text), new URL(text, base).href);
}
console.log(new URL('..\\x', 'file:///C:/a/b').href, new URL('//server/x', 'file:///C:/').href);
