'use strict';

// node:_stream_wrap: a deprecated way to reach a part of node:stream.
// API: https://nodejs.org/docs/latest-v24.x/api/deprecations.html#DEP0125

process.emitWarning('The _stream_wrap module is deprecated. Use `node:stream` instead.', 'DeprecationWarning', 'DEP0125');

module.exports = require('stream').Duplex;
