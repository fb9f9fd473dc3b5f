// maxKeys counts empty pairs, too.
const qs = require('querystring');
for (const text of ['&a', '&&a&b', 'a&&b', 'a&b&&c']) {
  console.log(text, Object.keys(qs.parse(text, null, null, { maxKeys: 1 })), Object.keys(qs.parse(text, null, null, { maxKeys: 2 })));
}
