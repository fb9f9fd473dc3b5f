'use strict';

// node:crypto: digests, codes, ciphers, key derivation, randomness.
// API: https://nodejs.org/docs/latest-v24.x/api/crypto.html
// Binding crypto: hashes, ciphers. Each family is in a file of internal/crypto, loaded when first used. What needs
// asymmetric keys is not there: those functions throw ERR_FEATURE_UNAVAILABLE_ON_PLATFORM.

const native = binding('crypto');

const FAMILIES = {
  __proto__: null,
  'internal/crypto/hash': ['Hash', 'Hmac', 'createHash', 'createHmac', 'hash'],
  'internal/crypto/random': ['randomBytes', 'pseudoRandomBytes', 'prng', 'rng', 'randomInt', 'randomUUID', 'randomFill',
                             'randomFillSync', 'timingSafeEqual'],
  'internal/crypto/derive': ['pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync'],
  'internal/crypto/cipher': ['Cipheriv', 'Decipheriv', 'createCipheriv', 'createDecipheriv', 'getCipherInfo'],
  'internal/crypto/keys': ['KeyObject', 'createSecretKey', 'generateKey', 'generateKeySync'],
  'internal/crypto/asymmetric': [
    'Certificate', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign', 'Verify', 'X509Certificate',
    'createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH', 'createPrivateKey', 'createPublicKey', 'createSign',
    'createVerify', 'diffieHellman', 'generateKeyPair', 'generateKeyPairSync', 'generatePrime', 'generatePrimeSync',
    'checkPrime', 'checkPrimeSync', 'getDiffieHellman', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt',
    'publicEncrypt', 'sign', 'verify',
  ],
  'internal/crypto/webcrypto': ['webcrypto', 'Crypto', 'CryptoKey', 'SubtleCrypto'],
};

/** The names of the digests. */
function getHashes() {
  const plain = native.hashes();
  const list = [];
  for (const name of ['md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
    list.push(`RSA-${name.toUpperCase()}`);
  }
  return list.concat(plain).sort();
}

/** The names of the ciphers. */
function getCiphers() {
  return native.ciphers();
}

/** The names of the elliptic curves: none. */
function getCurves() {
  return [];
}

function getFips() {
  return 0;
}

function setFips(value) {
  if (!value) return;
  throw new (require('internal/errors').codes.ERR_CRYPTO_FIPS_UNAVAILABLE)();
}

function secureHeapUsed() {
  return undefined;
}

// The properties stay accessors: what is loaded, or put there by a program, is in this table.
const values = { __proto__: null };

function lazily(name, id) {
  Object.defineProperty(exports, name, {
    __proto__: null, configurable: true, enumerable: name !== 'Crypto' && name !== 'CryptoKey' && name !== 'SubtleCrypto',
    get() { return name in values ? values[name] : (values[name] = require(id)[name]); },
    set(value) { values[name] = value; },
  });
}

for (const id of Object.keys(FAMILIES)) {
  const names = FAMILIES[id];
  for (let i = 0; i < names.length; i++) lazily(names[i], id);
}
exports.getCiphers = getCiphers;
exports.getCurves = getCurves;
exports.getFips = getFips;
exports.getHashes = getHashes;
exports.secureHeapUsed = secureHeapUsed;
exports.setFips = setFips;
Object.defineProperty(exports, 'fips', { __proto__: null, configurable: true, enumerable: true, get: getFips, set: setFips });
Object.defineProperty(exports, 'constants', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return require('internal/crypto/constants'); },
});
Object.defineProperty(exports, 'subtle', {
  __proto__: null, configurable: true, enumerable: true, get() { return exports.webcrypto.subtle; },
});
exports.getRandomValues = function getRandomValues(array) {
  return exports.webcrypto.getRandomValues(array);
};
