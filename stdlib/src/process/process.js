'use strict';
// node:process: the global `process` object as a module.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html
// The object itself is put together in `internal/bootstrap/node`, its methods stand in `internal/process/*`.

module.exports = process;
