'use strict';
// node:assert/strict: assert in which the loose comparisons are the strict ones.
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html#strict-assertion-mode
// Binding: none.

module.exports = require('assert').strict;
