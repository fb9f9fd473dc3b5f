'use strict';
// internal/vm/cache: cached data of scripts and modules.

// There is no format of compiled code to share, and compiling is quick: cached data says which source it is of, and no more.
function cacheOf(source) {
  const hash = require('crypto').createHash('sha256').update(process.versions.ouro).update('\0').update(source);
  return Buffer.concat([Buffer.from('ouro'), hash.digest()]);
}

function isCacheOf(data, source) {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(cacheOf(source));
}

module.exports = { cacheOf, isCacheOf };
