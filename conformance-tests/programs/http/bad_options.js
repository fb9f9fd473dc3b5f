'use strict';

// Options that can't make a request throw.

const http = require('http');
for (const options of [{ path: '/a b' }, { method: 'a b' }, { protocol: 'ftp:' }, { agent: 'x' }, { host: 1 }, { timeout: 'x' },
                       { headers: { 'a b': 'c' } }]) {
  try {
    http.request(options);
    console.log('nothing thrown');
  } catch (err) {
    console.log(err.name, err.code, err.message.split('.')[0]);
  }
}
console.log(http.METHODS.length > 30, http.STATUS_CODES[418], http.maxHeaderSize);
