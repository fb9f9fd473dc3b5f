// url.resolve and url.format of the legacy API.
'use strict';
const url = require('url');
for (const [from, to] of [['/one/two/three', 'four'], ['http://example.com/', '/one'], ['http://example.com/one', '/two'], ['/a/b/', '../../../c'],
                          ['http://a/b?c#d', '#e'], ['mailto:a@b', 'c@d'], ['http://a/', '//b/c'], ['.', '#x'], ['http://a', 'javascript:x']]) {
  console.log(url.resolve(from, to));
}
console.log(url.format({ protocol: 'http', host: 'a.b:8', pathname: 'x?y', query: { q: [1, 2] }, hash: 'h' }), url.format({ hostname: '::1', slashes: true, port: 3 }));
console.log(url.format(new URL('http://u:p@xn--4ca.com/?q#h'), { auth: false, fragment: false, unicode: true }), url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'));
