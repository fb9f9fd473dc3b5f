'use strict';

// node:_stream_duplex: a deprecated way to reach a part of node:stream.
// API: https://nodejs.org/docs/latest-v24.x/api/deprecations.html#DEP0193

process.emitWarning('The _stream_duplex module is deprecated. Use `node:stream` instead.', 'DeprecationWarning', 'DEP0193');

module.exports = require('internal/streams/duplex').Duplex;
