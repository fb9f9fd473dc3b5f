'use strict';
// node:child_process: not there yet; every function says so.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html

const { codes } = require('internal/errors');
for (const name of ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync']) {
  exports[name] = function() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`child_process.${name}`); };
}
