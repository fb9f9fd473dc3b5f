'use strict';
// node:util/types: util.types as a module of its own.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utiltypes
// Binding: types, through internal/util/types.

module.exports = require('internal/util/types');
