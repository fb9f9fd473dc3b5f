// A URL's parts, and how it is shown.
'use strict';
const url = new URL('https://us%20er:p:w@EXAMPLE.com:8080/a/../b c?x=1&y=é#h ash');
console.log(url);
console.log(`${url}`, JSON.stringify(url), url.origin, Object.keys(url));
for (const text of ['file:///C|/x', 'mailto:a@b', 'http://[::1]:80/', 'data:text/plain,hi', 'blob:https://a.b/c', 'http://0x7f.1/', 'a:/..//b']) {
  const { href, host, port, pathname, origin } = new URL(text);
  console.log(href, [host, port, pathname, origin]);
}
