'use strict';

// internal/tls/identity: certificates as objects, and whether one is for the host that was meant.
// API: https://nodejs.org/docs/latest-v24.x/api/tls.html#certificate-object
// Binding tls: parseCertificate; crypto: hashOnce. Matching names: RFC 6125 section 6.4.

const native = binding('tls');
const { codes } = require('internal/errors');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// As OpenSSL prints a time: "Nov 22 18:51:44 2026 GMT".
function timeText(seconds) {
  const date = new Date(seconds * 1000);
  const two = (n) => String(n).padStart(2, '0');
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, ' ')} ${time} ${date.getUTCFullYear()} GMT`;
}

function nameObject(list) {
  const object = { __proto__: null };
  for (let i = 0; i < list.length; i += 2) {
    const name = list[i];
    const value = list[i + 1];
    if (object[name] === undefined) object[name] = value;
    else if (Array.isArray(object[name])) object[name].push(value);
    else object[name] = [object[name], value];
  }
  return object;
}

function fingerprint(der, algorithm) {
  const hex = binding('crypto').hashOnce(algorithm, der).toString('hex').toUpperCase();
  return hex.match(/../g).join(':');
}

/**
 * The object that getPeerCertificate gives for a certificate.
 * @param {Buffer} der
 */
function certificateObject(der) {
  const fields = native.parseCertificate(der);
  if (fields === undefined) return {};
  const [serialNumber, subject, issuer, notBefore, notAfter, altNames, isCA, bits, modulus, exponent, publicKey] = fields;
  const object = { subject: nameObject(subject), issuer: nameObject(issuer) };
  if (altNames !== undefined) object.subjectaltname = altNames;
  object.infoAccess = undefined;
  object.ca = isCA;
  if (bits !== undefined) {
    object.modulus = modulus;
    object.bits = bits;
    object.exponent = exponent;
    object.pubkey = publicKey;
  }
  object.valid_from = timeText(notBefore);
  object.valid_to = timeText(notAfter);
  object.fingerprint = fingerprint(der, 'sha1');
  object.fingerprint256 = fingerprint(der, 'sha256');
  object.fingerprint512 = fingerprint(der, 'sha512');
  object.serialNumber = serialNumber;
  object.raw = der;
  if (object.infoAccess === undefined) delete object.infoAccess;
  return object;
}

/**
 * A chain of certificates, each with its issuer's in issuerCertificate when `detailed`.
 */
function chainObject(ders, detailed) {
  if (ders.length === 0) return {};
  const first = certificateObject(ders[0]);
  if (!detailed) return first;
  let last = first;
  for (let i = 1; i < ders.length; i++) {
    const next = certificateObject(ders[i]);
    last.issuerCertificate = next;
    last = next;
  }
  if (native.parseCertificate(ders[ders.length - 1])[11]) last.issuerCertificate = last;
  return first;
}

function splitNames(text) {
  const names = [];
  // Names that hold a comma or a quote are JSON strings.
  const pattern = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g;
  let match;
  while ((match = pattern.exec(text)) !== null) {
    let value = match[2];
    if (value.startsWith('"')) {
      try {
        value = JSON.parse(value);
      } catch {
        throw new codes.ERR_TLS_CERT_ALTNAME_FORMAT();
      }
    }
    names.push(match[1].trim(), value);
  }
  return names;
}

function labels(name) {
  return name.replace(/[.]$/, '').toLowerCase().split('.');
}

// Whether a name of a certificate, perhaps with a star in its first label, is this host.
function matches(host, pattern) {
  if (!pattern || /[^\u0021-\u007F]/u.test(pattern)) return false;
  const wanted = labels(host);
  const given = labels(pattern);
  if (wanted.length !== given.length || given.includes('')) return false;
  for (let i = wanted.length - 1; i > 0; i--) {
    if (wanted[i] !== given[i]) return false;
  }
  const [first] = given;
  const parts = first.split('*', 3);
  if (parts.length === 1 || first.includes('xn--')) return wanted[0] === first;
  if (parts.length > 2 || given.length <= 2) return false;
  const [prefix, suffix] = parts;
  return prefix.length + suffix.length <= wanted[0].length && wanted[0].startsWith(prefix) && wanted[0].endsWith(suffix);
}

function sameAddress(a, b) {
  const { parseIP } = binding('net');
  const left = parseIP(a);
  const right = parseIP(b);
  return left !== undefined && right !== undefined && left.length === right.length &&
    left.every((byte, i) => byte === right[i]);
}

/**
 * Whether a certificate is for a host: undefined, or the error.
 * @param {string} hostname
 * @param {object} cert
 * @returns {Error|undefined}
 */
function checkServerIdentity(hostname, cert) {
  const { subject, subjectaltname: altNames } = cert;
  const dns = [];
  const ips = [];
  hostname = `${hostname}`;
  if (altNames) {
    const names = splitNames(altNames);
    for (let i = 0; i < names.length; i += 2) {
      if (names[i] === 'DNS') dns.push(names[i + 1]);
      else if (names[i] === 'IP Address') ips.push(names[i + 1]);
    }
  }
  let reason = 'Unknown reason';
  hostname = hostname.replace(/[.]$/, '');
  if (require('net').isIP(hostname)) {
    if (ips.some((ip) => sameAddress(ip, hostname))) return undefined;
    reason = `IP: ${hostname} is not in the cert's list: ${ips.join(', ')}`;
  } else if (dns.length > 0 || (subject && subject.CN)) {
    if (dns.length > 0) {
      if (dns.some((name) => matches(hostname, name))) return undefined;
      reason = `Host: ${hostname}. is not in the cert's altnames: ${altNames}`;
    } else {
      const names = Array.isArray(subject.CN) ? subject.CN : [subject.CN];
      if (names.some((name) => matches(hostname, name))) return undefined;
      reason = `Host: ${hostname}. is not cert's CN: ${subject.CN}`;
    }
  } else {
    reason = 'Cert does not contain a DNS name';
  }
  return new codes.ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, cert);
}

// OpenSSL's words for what is wrong with a chain.
const REASONS = {
  __proto__: null,
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  CERT_REVOKED: 'certificate revoked',
  CERT_SIGNATURE_FAILURE: 'certificate signature failure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  INVALID_PURPOSE: 'unsuitable certificate purpose',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
};

function verifyError(code) {
  const err = new Error(REASONS[code] || code);
  err.code = code;
  return err;
}

module.exports = { certificateObject, chainObject, checkServerIdentity, verifyError };
