'use strict';
// Without its own inspect method a URL is shown by its address.
const { inspect } = require('util');

const url = new URL('http://a.test/b?c');
console.log(inspect(url, { customInspect: false }));
url.extra = 1;
console.log(inspect(url, { customInspect: false }));
console.log(inspect({ url: new URL('http://a.test') }, { customInspect: false }));
