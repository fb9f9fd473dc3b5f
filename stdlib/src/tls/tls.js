'use strict';

// node:tls: TLS sockets and servers.
// API: https://nodejs.org/docs/latest-v24.x/api/tls.html
// Binding tls: rootCertificates. Parts: internal/tls/socket (TLSSocket, connect), server, secure_context, identity; handle
// has the TLS itself.

const native = binding('tls');

const SUITES = [
  'tls_aes_256_gcm_sha384', 'tls_aes_128_gcm_sha256', 'tls_chacha20_poly1305_sha256', 'ecdhe-ecdsa-aes256-gcm-sha384',
  'ecdhe-ecdsa-aes128-gcm-sha256', 'ecdhe-ecdsa-chacha20-poly1305', 'ecdhe-rsa-aes256-gcm-sha384',
  'ecdhe-rsa-aes128-gcm-sha256', 'ecdhe-rsa-chacha20-poly1305',
];

let roots;

/** The names of the cipher suites. */
function getCiphers() {
  return SUITES.slice();
}

function pem(der) {
  const lines = der.toString('base64').match(/.{1,64}/g).join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`;
}

function readRoots() {
  roots ||= Object.freeze(native.rootCertificates().map(pem));
  return roots;
}

/** The certificates that are trusted by default ('default', 'bundled'); none of the system's. */
function getCACertificates(type = 'default') {
  require('internal/validators').validateOneOf(type, 'type', ['default', 'system', 'bundled', 'extra']);
  return type === 'system' || type === 'extra' ? [] : readRoots();
}

function createServer(options, listener) {
  return new (require('internal/tls/server').Server)(options, listener);
}

function connect(...args) {
  return require('internal/tls/socket').connect(...args);
}

/** Protocols in wire format, put on `out.ALPNProtocols`. */
function convertALPNProtocols(protocols, out) {
  if (Array.isArray(protocols)) {
    const names = require('internal/tls/server').protocolNames(protocols);
    out.ALPNProtocols = Buffer.concat(names.map((name) => {
      const bytes = Buffer.from(name);
      return Buffer.concat([Buffer.from([bytes.length]), bytes]);
    }));
  } else if (ArrayBuffer.isView(protocols)) {
    out.ALPNProtocols = Buffer.from(new Uint8Array(protocols.buffer, protocols.byteOffset, protocols.byteLength));
  }
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
    'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:' +
    'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  getCiphers,
  getCACertificates,
  convertALPNProtocols,
  checkServerIdentity(hostname, cert) { return require('internal/tls/identity').checkServerIdentity(hostname, cert); },
  createSecureContext(options) { return require('internal/tls/secure_context').createSecureContext(options); },
  connect,
  createServer,
};
for (const [name, id] of [['TLSSocket', 'socket'], ['Server', 'server'], ['SecureContext', 'secure_context']]) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get() { return require(`internal/tls/${id}`)[name]; },
  });
}
Object.defineProperty(module.exports, 'rootCertificates', {
  __proto__: null, configurable: true, enumerable: true, get: readRoots,
});
