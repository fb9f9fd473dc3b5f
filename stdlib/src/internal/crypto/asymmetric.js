'use strict';

// internal/crypto/asymmetric: what needs public and private keys, and is not there.
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html
//
// The names exist, so that packages which look at them load; each throws when it is called.

const { codes } = require('internal/errors');

const CLASSES = ['Certificate', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign', 'Verify', 'X509Certificate'];
const FUNCTIONS = [
  'createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH', 'createPrivateKey', 'createPublicKey', 'createSign',
  'createVerify', 'diffieHellman', 'generateKeyPair', 'generateKeyPairSync', 'generatePrime', 'generatePrimeSync',
  'checkPrime', 'checkPrimeSync', 'getDiffieHellman', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt',
  'publicEncrypt', 'sign', 'verify',
];

function absent(name) {
  // A plain function: some packages subclass or patch what they find here.
  return {
    [name]: function() {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`crypto.${name}()`);
    },
  }[name];
}

for (let i = 0; i < CLASSES.length; i++) exports[CLASSES[i]] = absent(CLASSES[i]);
for (let i = 0; i < FUNCTIONS.length; i++) exports[FUNCTIONS[i]] = absent(FUNCTIONS[i]);
