'use strict';
// node:console: the global console; its `Console` property makes others.
// API: https://nodejs.org/docs/latest-v24.x/api/console.html
// Binding: none here; see internal/console/.

module.exports = require('internal/console/global');
