'use strict';
// internal/fs/open_as_blob: fs.openAsBlob, a Blob over a file that is read only when the Blob is.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsopenasblobpath-options
// Binding functions: readFile, stat.

const natives = binding('fs');
const { validateObject, validateString } = require('internal/validators');
const { validatePath } = require('internal/fs/utils');

// NON-SPEC: Node reads the file when the Blob is read; here its bytes are taken at once, in one job on the worker pool.
function openAsBlob(path, options = { __proto__: null }) {
  validateObject(options, 'options');
  const type = options.type || '';
  validateString(type, 'options.type');
  path = validatePath(path);
  return new Promise((resolve, reject) => {
    natives.readFile(path, 0, false, (error, data) => {
      if (error) reject(error);
      else resolve(new (require('buffer').Blob)([data], { type }));
    });
  });
}

module.exports = { openAsBlob };
