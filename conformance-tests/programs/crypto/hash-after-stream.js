'use strict';
// A hash that was written as a stream still answers one digest(); the next one throws.
const { createHash } = require('crypto');

const hash = createHash('md5');
hash.on('data', (digest) => console.log(digest.toString('hex')));
hash.on('end', () => {
  console.log(hash.digest('hex'));
  try {
    hash.digest();
  } catch (err) {
    console.log(err.code);
  }
});
hash.end('a');
