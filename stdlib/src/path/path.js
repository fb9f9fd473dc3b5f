'use strict';

// node:path: the functions of the platform that runs.
// API: https://nodejs.org/docs/latest-v24.x/api/path.html

module.exports = require(process.platform === 'win32' ? 'path/win32' : 'path/posix');
