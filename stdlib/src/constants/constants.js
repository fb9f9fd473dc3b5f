'use strict';
// node:constants: the constants of os, fs and crypto in one object, as before they had modules of their own.

const os = require('os').constants;

module.exports = Object.freeze({ ...os.dlopen, ...os.errno, ...os.priority, ...os.signals, ...require('fs').constants,
                                 ...require('crypto').constants });
