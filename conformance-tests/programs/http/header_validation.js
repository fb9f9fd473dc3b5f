'use strict';

// Names and values that could split a head are refused.

const http = require('http');
for (const [name, value] of [['', 'a'], ['a b', 'c'], ['a', 'b\r\nc: d'], ['a', undefined], ['a', '\u0100'], ['ok', 'fine']]) {
  try {
    http.validateHeaderName(name);
    http.validateHeaderValue(name, value);
    console.log('valid', name, value);
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
