'use strict';

// internal/errors/formats: the error codes whose message depends on the kind of their arguments, or that leave more
// than `code` on the error. `message` gets the arguments of `new codes.ERR_X(...)`; what it stores on `this` becomes
// own properties of the error.
// API: https://nodejs.org/docs/latest-v24.x/api/errors.html#nodejs-error-codes

const { determineSpecificType } = require('internal/errors/create');

const primitiveTypes = [
  'string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol',
];

function inspect(value, options) {
  return require('internal/util/inspect').inspect(value, options);
}

// 'a', 'a or b', 'a, b, or c'
function list(words, conjunction) {
  if (words.length < 3) return words.join(` ${conjunction} `);
  return `${words.slice(0, -1).join(', ')}, ${conjunction} ${words[words.length - 1]}`;
}

function quotedName(name) {
  if (name.endsWith(' argument')) return `The ${name}`;
  return `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

// 12345678901 -> 12_345_678_901
function withUnderscores(digits) {
  let text = '';
  let end = digits.length;
  const start = digits[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) text = `_${digits.slice(end - 3, end)}${text}`;
  return digits.slice(0, end) + text;
}

// "of type string or an instance of Buffer or null": primitive types first, then classes, then phrases.
function expectation(expected) {
  const all = Array.isArray(expected) ? expected : [expected];
  const types = [];
  const classes = [];
  const phrases = [];
  for (let i = 0; i < all.length; i++) {
    const word = all[i];
    if (primitiveTypes.includes(word)) types.push(word.toLowerCase());
    else if (/^([A-Z][a-z0-9]*)+$/.test(word)) classes.push(word);
    else phrases.push(word);
  }
  const objectAt = classes.length === 0 ? -1 : types.indexOf('object');
  if (objectAt !== -1) {
    types.splice(objectAt, 1);
    classes.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${list(types, 'or')}`);
  if (classes.length > 0) parts.push(`an instance of ${list(classes, 'or')}`);
  if (phrases.length > 1) parts.push(`one of ${list(phrases, 'or')}`);
  else if (phrases.length > 0) {
    parts.push(phrases[0].toLowerCase() === phrases[0] ? phrases[0] : `an ${phrases[0]}`);
  }
  return parts.join(' or ');
}

function receivedNumber(value) {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) return withUnderscores(String(value));
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (typeof value === 'bigint') {
    const text = String(value);
    return `${value > 2n ** 32n || value < -(2n ** 32n) ? withUnderscores(text) : text}n`;
  }
  return inspect(value);
}

function importedFrom(base) {
  return base ? ` imported from ${base}` : '';
}

function requireEsmAdvice(filename, hasEsmSyntax, parentPath, packageJsonPath) {
  const parent = parentPath ? ` from ${parentPath}` : '';
  const text = `require() of ES Module ${filename}${parent} not supported.`;
  if (!parentPath) return text;
  if (!packageJsonPath) {
    return `${text}\nInstead change the require of ${filename} to a dynamic import() which is available in all ` +
      'CommonJS modules.';
  }
  const name = require('path').basename(filename);
  if (hasEsmSyntax) {
    return `${text}\nInstead change the require of ${name} in ${parentPath} to a dynamic import() which is ` +
      'available in all CommonJS modules.';
  }
  return `${text}\n${name} is treated as an ES module file as it is a .js file whose nearest parent package.json ` +
    'contains "type": "module" which declares all .js files in that package scope as ES modules.\nInstead either ' +
    `rename ${name} to end in .cjs, change the requiring code to use dynamic import() which is available in all ` +
    'CommonJS modules, or change "type": "module" to "type": "commonjs" in ' +
    `${packageJsonPath} to treat all .js files as CommonJS (using .mjs for all ES modules instead).\n`;
}

module.exports = {
  __proto__: null,

  // Arguments and return values.

  ERR_INVALID_ARG_TYPE: { base: 'TypeError', message(name, expected, value) {
    return `${quotedName(name)} must be ${expectation(expected)}. Received ${determineSpecificType(value)}`;
  } },
  ERR_INVALID_ARG_VALUE: { base: 'TypeError', message(name, value, reason = 'is invalid') {
    let text = inspect(value);
    if (text.length > 128) text = `${text.slice(0, 128)}...`;
    return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${text}`;
  } },
  ERR_OUT_OF_RANGE: { base: 'RangeError', message(name, range, received, replaceDefault = false) {
    const start = replaceDefault ? name : `The value of "${name}" is out of range.`;
    return `${start} It must be ${range}. Received ${receivedNumber(received)}`;
  } },
  ERR_MISSING_ARGS: { base: 'TypeError', message(...names) {
    const words = names.map((name) => (Array.isArray(name) ? name.map((n) => `"${n}"`).join(' or ') : `"${name}"`));
    return `The ${list(words, 'and')} ${words.length > 1 ? 'arguments' : 'argument'} must be specified`;
  } },
  ERR_INVALID_RETURN_VALUE: { base: 'TypeError', message(expected, name, value) {
    return `Expected ${expected} to be returned from the "${name}" function but got ${determineSpecificType(value)}.`;
  } },
  ERR_INVALID_RETURN_PROPERTY: { base: 'TypeError', message(expected, name, property, value) {
    return `Expected a valid ${expected} to be returned for the "${property}" from the "${name}" hook but got ` +
      `${determineSpecificType(value)}.`;
  } },
  ERR_INVALID_RETURN_PROPERTY_VALUE: { base: 'TypeError', message(expected, name, property, value) {
    return `Expected ${expected} to be returned for the "${property}" from the "${name}" hook but got ` +
      `${determineSpecificType(value)}.`;
  } },
  ERR_BUFFER_OUT_OF_BOUNDS: { base: 'RangeError', message(name) {
    return name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds';
  } },
  ERR_INVALID_CHAR: { base: 'TypeError', message(name, field) {
    return field === undefined ? `Invalid character in ${name}` : `Invalid character in ${name} ["${field}"]`;
  } },
  ERR_INVALID_MIME_SYNTAX: { base: 'TypeError', message(production, text, index) {
    return `The MIME syntax for a ${production} in ${JSON.stringify(text)} is invalid${index === -1 ? '' : ` at ${index}`}`;
  } },
  ERR_PARSE_ARGS_UNKNOWN_OPTION: { base: 'TypeError', message(option, allowPositionals) {
    const advice = allowPositionals ? ". To specify a positional argument starting with a '-', place it at the end of " +
      `the command after '--', as in '-- ${JSON.stringify(option)}` : '';
    return `Unknown option '${option}'${advice}`;
  } },

  // Errors that wrap another value.

  ERR_UNHANDLED_ERROR: { base: 'Error', message(detail) {
    return detail === undefined ? 'Unhandled error.' : `Unhandled error. (${detail})`;
  } },
  ERR_FALSY_VALUE_REJECTION: { base: 'Error', message(reason) {
    this.reason = reason;
    return 'Promise was rejected with falsy value';
  } },
  ERR_HTTP2_STREAM_CANCEL: { base: 'Error', message(error) {
    let text = 'The pending stream has been canceled';
    if (error) {
      if (typeof error.message === 'string') text += ` (caused by: ${error.message})`;
      this.cause = error;
    }
    return text;
  } },
  ERR_TEST_FAILURE: { base: 'Error', message(error, failureType) {
    this.failureType = failureType;
    this.cause = error;
    const text = error?.message ?? error;
    return typeof text === 'string' ? text : inspect(text);
  } },
  ERR_VM_MODULE_LINK_FAILURE: { base: 'Error', message(text, cause) {
    this.cause = cause;
    return text;
  } },
  ERR_INTERNAL_ASSERTION: { base: 'Error', message(text) {
    const suffix = 'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
      'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n';
    return text === undefined ? suffix : `${text}\n${suffix}`;
  } },
  ERR_INSPECTOR_COMMAND: { base: 'Error', message(code, text) { return `Inspector error ${code}: ${text}`; } },
  ERR_ACCESS_DENIED: { base: 'Error', message(text, permission = '', resource = '') {
    this.permission = permission;
    this.resource = resource;
    return text;
  } },
  ERR_ENCODING_INVALID_ENCODED_DATA: { base: 'TypeError', message(encoding, errno) {
    this.errno = errno;
    return `The encoded data was not valid for encoding ${encoding}`;
  } },

  // Addresses, URLs, TLS and HTTP/2.

  ERR_SOCKET_BAD_PORT: { base: 'RangeError', message(name, port, allowZero = true) {
    return `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${determineSpecificType(port)}.`;
  } },
  ERR_INVALID_ADDRESS_FAMILY: { base: 'RangeError', message(family, host, port) {
    this.host = host;
    this.port = port;
    return `Invalid address family: ${family} ${host}:${port}`;
  } },
  ERR_INVALID_URL: { base: 'TypeError', message(input, base) {
    this.input = input;
    if (base !== undefined && base !== null) this.base = base;
    return 'Invalid URL';
  } },
  ERR_INVALID_URL_SCHEME: { base: 'TypeError', message(expected) {
    const schemes = typeof expected === 'string' ? [expected] : expected;
    return `The URL must be ${schemes.length > 1 ? 'one of' : 'of'} scheme ${schemes.slice(0, 2).join(' or ')}`;
  } },
  ERR_TLS_CERT_ALTNAME_INVALID: { base: 'Error', message(reason, host, cert) {
    this.reason = reason;
    this.host = host;
    this.cert = cert;
    return `Hostname/IP does not match certificate's altnames: ${reason}`;
  } },
  ERR_TLS_ALPN_CALLBACK_INVALID_RESULT: { base: 'TypeError', message(value, protocols) {
    return `ALPN callback returned a value (${value}) that did not match any of the client's offered protocols ` +
      `(${protocols.join(', ')})`;
  } },
  ERR_HTTP2_INVALID_SETTING_VALUE: { base: 'TypeError', message(name, actual, min, max) {
    this.actual = actual;
    if (min !== undefined) {
      this.min = min;
      this.max = max;
    }
    return `Invalid value for setting "${name}": ${actual}`;
  } },

  // Modules, packages and workers.

  ERR_MODULE_NOT_FOUND: { base: 'Error', message(path, base, exactUrl) {
    if (exactUrl) this.url = `${exactUrl}`;
    return `Cannot find ${exactUrl ? 'module' : 'package'} '${path}' imported from ${base}`;
  } },
  ERR_PACKAGE_PATH_NOT_EXPORTED: { base: 'Error', message(packagePath, subpath, base) {
    if (subpath === '.') return `No "exports" main defined in ${packagePath}package.json${importedFrom(base)}`;
    return `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json${importedFrom(base)}`;
  } },
  ERR_PACKAGE_IMPORT_NOT_DEFINED: { base: 'TypeError', message(specifier, packagePath, base) {
    const where = packagePath ? ` in package ${packagePath}package.json` : '';
    return `Package import specifier "${specifier}" is not defined${where}${importedFrom(base)}`;
  } },
  ERR_INVALID_PACKAGE_TARGET: { base: 'Error', message(packagePath, key, target, isImport = false, base = undefined) {
    const relativeHint = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./') ?
      '; targets must start with "./"' : '';
    const place = key === '.' && !isImport ? 'main target' : 'target';
    const entry = place === 'target' ? `for '${key}' ` : '';
    return `Invalid "${isImport ? 'imports' : 'exports'}" ${place} ${JSON.stringify(target)} defined ${entry}in the ` +
      `package config ${packagePath}package.json${importedFrom(base)}${relativeHint}`;
  } },
  ERR_INVALID_PACKAGE_CONFIG: { base: 'Error', message(path, base, text) {
    return `Invalid package config ${path}${base ? ` while importing ${base}` : ''}.${text ? ` ${text}` : ''}`;
  } },
  ERR_INVALID_MODULE_SPECIFIER: { base: 'TypeError', message(specifier, reason, base) {
    return `Invalid module "${specifier}" ${reason}${importedFrom(base)}`;
  } },
  ERR_UNSUPPORTED_DIR_IMPORT: { base: 'Error', message(path, base, exactUrl) {
    this.url = exactUrl;
    return `Directory import '${path}' is not supported resolving ES modules imported from ${base}`;
  } },
  ERR_UNSUPPORTED_ESM_URL_SCHEME: { base: 'Error', message(url, supported) {
    return `Only URLs with a scheme in: ${list(supported, 'and')} are supported by the default ESM loader. Received ` +
      `protocol '${url.protocol}'`;
  } },
  ERR_REQUIRE_ASYNC_MODULE: { base: 'Error', message(filename, parentFilename) {
    let text = 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the ' +
      'top-level await comes from, use --experimental-print-required-tla.';
    if (parentFilename) text += `\n  From ${parentFilename} `;
    if (filename) text += `\n  Requiring ${filename} `;
    return text;
  } },
  ERR_REQUIRE_ESM: { base: 'Error', message: requireEsmAdvice },
  ERR_WORKER_PATH: { base: 'TypeError', message(filename) {
    const advice = String(filename).startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : '';
    return 'The worker script or module filename must be an absolute path or a relative path starting with ' +
      `'./' or '../'.${advice} Received "${filename}"`;
  } },
  ERR_WORKER_INVALID_EXEC_ARGV: { base: 'Error', message(errors, text = 'invalid execArgv flags') {
    return `Initiated Worker with ${text}: ${[].concat(errors).join(', ')}`;
  } },
};
