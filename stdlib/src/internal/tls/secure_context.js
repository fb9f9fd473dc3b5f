'use strict';

// internal/tls/secure_context: certificates, keys and versions, made ready once for many connections.
// API: https://nodejs.org/docs/latest-v24.x/api/tls.html#tlscreatesecurecontextoptions
// Binding tls: newContext.

const native = binding('tls');
const { codes } = require('internal/errors');

const VERSIONS = { __proto__: null, 'TLSv1': 10, 'TLSv1.1': 11, 'TLSv1.2': 12, 'TLSv1.3': 13 };

function bytesOf(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return value;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

// Several PEM texts in one; an entry may be an object with the text in `pem`.
function joined(value, name) {
  if (value === undefined || value === null || value === false) return undefined;
  if (!Array.isArray(value)) return bytesOf(value, name);
  if (value.length === 0) return undefined;
  const parts = [];
  for (let i = 0; i < value.length; i++) {
    const entry = value[i];
    parts.push(bytesOf(entry !== null && typeof entry === 'object' && entry.pem !== undefined ? entry.pem : entry, name));
    parts.push(Buffer.from('\n'));
  }
  return value.length === 1 ? parts[0] : Buffer.concat(parts);
}

function listOf(value, name) {
  if (value === undefined || value === null || value === false) return undefined;
  const list = Array.isArray(value) ? value : [value];
  return list.map((entry) => bytesOf(entry, name));
}

function versionOf(name, label, fallback) {
  if (name === undefined || name === null) return fallback;
  if (VERSIONS[name] === undefined) throw new codes.ERR_TLS_INVALID_PROTOCOL_VERSION(name, label);
  return VERSIONS[name];
}

let extra;

// The certificates of NODE_EXTRA_CA_CERTS, which are trusted like the bundled ones.
function readExtra() {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (extra !== undefined || !file) return extra;
  try {
    extra = require('fs').readFileSync(file);
  } catch (err) {
    extra = Buffer.alloc(0);
    process.emitWarning(`Ignoring extra certs from \`${file}\`, load failed: ${err.message}`);
  }
  return extra;
}

/**
 * Made by createSecureContext.
 */
class SecureContext {
  constructor(options) {
    if (options.pfx !== undefined && options.pfx !== null) {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('The pfx option');
    }
    const key = joined(options.key, 'options.key');
    const cert = joined(options.cert, 'options.cert');
    const ca = listOf(options.ca, 'options.ca');
    const tls = require('tls');
    this.minVersion = versionOf(options.minVersion, 'minimum', VERSIONS[tls.DEFAULT_MIN_VERSION]);
    this.maxVersion = versionOf(options.maxVersion, 'maximum', VERSIONS[tls.DEFAULT_MAX_VERSION]);
    this.context = native.newContext(key, cert, ca, ca === undefined ? readExtra() : undefined);
  }
}

/**
 * @param {object} [options]
 * @returns {SecureContext}
 */
function createSecureContext(options) {
  return new SecureContext(options || {});
}

module.exports = { SecureContext, createSecureContext };
