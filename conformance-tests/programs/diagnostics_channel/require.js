'use strict';
// require() is traced while somebody listens. The expectation follows the documentation of Node 24.
const { tracingChannel } = require('diagnostics_channel');

const log = (name) => ({ id, parentFilename, result, error }) =>
  console.log(name, id, parentFilename === __filename, result === undefined ? '-' : typeof result, error?.code);
const listeners = { start: log('start'), end: log('end'), error: log('error') };
tracingChannel('module.require').subscribe(listeners);
require('path');
try {
  require('./nowhere');
} catch {
  console.log('caught');
}
tracingChannel('module.require').unsubscribe(listeners);
require('fs');
