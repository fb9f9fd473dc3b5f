'use strict';

// node:dns: names to addresses and back.
// API: https://nodejs.org/docs/latest-v24.x/api/dns.html
// Binding dns: lookup(hostname, family, hints, order, cb) -> [address, family, ...], lookupService(address, port, cb),
// getServers(). Both run getaddrinfo and getnameinfo on the worker pool.
//
// Only what the operating system's resolver answers is here. resolve() and its kin, which speak to DNS servers
// themselves, answer ENOTIMP.

const native = binding('dns');
const net = binding('net');

const ADDRCONFIG = 32;
const V4MAPPED = 8;
const ALL = 16;
const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];

let defaultOrder = 'verbatim';

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

/**
 * Checks the options of lookup.
 * @returns {{family: number, hints: number, all: boolean, order: string}}
 */
function lookupOptions(options) {
  const { validateNumber, validateOneOf, validateBoolean } = validators();
  let family = 0;
  let hints = 0;
  let all = false;
  let order = defaultOrder;
  if (typeof options === 'number') {
    validateOneOf(options, 'family', [0, 4, 6]);
    family = options;
  } else if (options !== undefined && typeof options !== 'object') {
    throw new (errors().codes.ERR_INVALID_ARG_TYPE)('options', ['integer', 'object'], options);
  } else if (options) {
    if (options.hints !== undefined && options.hints !== null) {
      validateNumber(options.hints, 'options.hints');
      hints = options.hints >>> 0;
      if ((hints & ~(ADDRCONFIG | V4MAPPED | ALL)) !== 0) {
        throw new (errors().codes.ERR_INVALID_ARG_VALUE)('hints', hints);
      }
    }
    if (options.family !== undefined && options.family !== null) {
      if (options.family === 'IPv4') family = 4;
      else if (options.family === 'IPv6') family = 6;
      else {
        validateOneOf(options.family, 'options.family', [0, 4, 6]);
        family = options.family;
      }
    }
    if (options.all !== undefined && options.all !== null) {
      validateBoolean(options.all, 'options.all');
      all = options.all;
    }
    if (options.verbatim !== undefined && options.verbatim !== null) {
      validateBoolean(options.verbatim, 'options.verbatim');
      order = options.verbatim ? 'verbatim' : 'ipv4first';
    }
    if (options.order !== undefined && options.order !== null) {
      validateOneOf(options.order, 'options.order', ORDERS);
      order = options.order;
    }
  }
  return { family, hints, all, order };
}

// A DNS failure: `getaddrinfo ENOTFOUND name`, with errno, code, syscall and hostname.
function lookupError(code, errno, syscall, hostname) {
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

// Looks up; calls done(err, list) where list is [address, family, address, family, ...].
function lookupList(hostname, settings, done) {
  native.lookup(hostname, settings.family, settings.hints, settings.order, (failure, list) => {
    if (failure) done(lookupError(failure.code, failure.errno, 'getaddrinfo', hostname));
    else done(null, list);
  });
}

function pairs(list) {
  const result = [];
  for (let i = 0; i < list.length; i += 2) result.push({ address: list[i], family: list[i + 1] });
  return result;
}

/**
 * Finds the address of a name as the operating system would.
 * @param {string} hostname
 * @param {object|number} [options]
 * @param {Function} callback (err, address, family), or (err, addresses) with `all`
 */
function lookup(hostname, options, callback) {
  const { validateString, validateFunction } = validators();
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  if (options === null || typeof options === 'object' || typeof options === 'number' || options === undefined) {
    validateFunction(callback, 'callback');
  }
  const settings = lookupOptions(options);
  validateFunction(callback, 'callback');
  const { all, family } = settings;
  if (!hostname) {
    if (all) process.nextTick(callback, null, []);
    else process.nextTick(callback, null, null, family === 6 ? 6 : 4);
    return {};
  }
  const matched = net.isIP(hostname);
  if (matched) {
    if (all) process.nextTick(callback, null, [{ address: hostname, family: matched }]);
    else process.nextTick(callback, null, hostname, matched);
    return {};
  }
  lookupList(hostname, settings, (err, list) => {
    if (err) callback(err);
    else if (all) callback(null, pairs(list));
    else callback(null, list[0], list[1]);
  });
  return { hostname, family };
}

/**
 * Finds the host name and service of an address and port.
 */
function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new (errors().codes.ERR_MISSING_ARGS)('address', 'port', 'callback');
  const { validatePort, validateFunction } = validators();
  if (net.isIP(address) === 0) throw new (errors().codes.ERR_INVALID_ARG_VALUE)('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  native.lookupService(address, +port, (failure, hostname, service) => {
    if (failure) callback(lookupError(failure.code, failure.errno, 'getnameinfo', address));
    else callback(null, hostname, service);
  });
}

function setDefaultResultOrder(order) {
  validators().validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}

function getDefaultResultOrder() {
  return defaultOrder;
}

const RECORD_TYPES = {
  __proto__: null,
  A: 'queryA', AAAA: 'queryAaaa', ANY: 'queryAny', CAA: 'queryCaa', CNAME: 'queryCname', MX: 'queryMx', NAPTR: 'queryNaptr',
  NS: 'queryNs', PTR: 'queryPtr', SOA: 'querySoa', SRV: 'querySrv', TLSA: 'queryTlsa', TXT: 'queryTxt',
};

function notImplemented(syscall, hostname, callback) {
  process.nextTick(callback, lookupError('ENOTIMP', undefined, syscall, hostname));
  return {};
}

function resolver(syscall) {
  return function(name, options, callback) {
    if (typeof options === 'function') callback = options;
    validators().validateString(name, 'name');
    validators().validateFunction(callback, 'callback');
    return notImplemented(syscall, name, callback);
  };
}

const methods = {
  resolve(hostname, rrtype, callback) {
    if (typeof rrtype === 'function') {
      callback = rrtype;
      rrtype = 'A';
    }
    validators().validateString(rrtype, 'rrtype');
    const syscall = RECORD_TYPES[rrtype];
    if (syscall === undefined) throw new (errors().codes.ERR_INVALID_ARG_VALUE)('rrtype', rrtype);
    return resolver(syscall)(hostname, callback);
  },
  resolve4: resolver('queryA'),
  resolve6: resolver('queryAaaa'),
  resolveAny: resolver('queryAny'),
  resolveCaa: resolver('queryCaa'),
  resolveCname: resolver('queryCname'),
  resolveMx: resolver('queryMx'),
  resolveNaptr: resolver('queryNaptr'),
  resolveNs: resolver('queryNs'),
  resolvePtr: resolver('queryPtr'),
  resolveSoa: resolver('querySoa'),
  resolveSrv: resolver('querySrv'),
  resolveTlsa: resolver('queryTlsa'),
  resolveTxt: resolver('queryTxt'),
  reverse(ip, callback) {
    validators().validateString(ip, 'name');
    validators().validateFunction(callback, 'callback');
    if (net.isIP(ip) === 0) throw lookupError('EINVAL', -22, 'getHostByAddr', ip);
    return notImplemented('getHostByAddr', ip, callback);
  },
};

let servers;

function getServers() {
  return servers ? servers.slice() : native.getServers();
}

function setServers(list) {
  const { codes } = errors();
  validators().validateArray(list, 'servers');
  servers = list.map((server, index) => {
    validators().validateString(server, `servers[${index}]`);
    if (net.isIP(server)) return server;
    const bracketed = /^\[([^[\]]*)\](?::(\d+))?$/.exec(server);
    const plain = bracketed || /^([^:]*):(\d+)$/.exec(server);
    if (!plain || net.isIP(plain[1]) === 0) throw new codes.ERR_INVALID_IP_ADDRESS(server);
    const port = plain[2] === undefined ? 53 : +plain[2];
    if (port === 53) return plain[1];
    return bracketed ? `[${plain[1]}]:${port}` : `${plain[1]}:${port}`;
  });
}

/** A resolver with its own servers. */
class Resolver {
  constructor(options = undefined) {
    if (options !== undefined) {
      const { validateObject, validateInt32 } = validators();
      validateObject(options, 'options');
      const { timeout = -1, tries = 4 } = options;
      validateInt32(timeout, 'options.timeout', -1);
      validateInt32(tries, 'options.tries', 1);
    }
  }

  cancel() {}

  setLocalAddress(ipv4, ipv6) {
    validators().validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validators().validateString(ipv6, 'ipv6');
  }
}
Resolver.prototype.getServers = getServers;
Resolver.prototype.setServers = setServers;
Object.assign(Resolver.prototype, methods);

const ERROR_CODES = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED', BADQUERY: 'EBADQUERY', BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED', TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE', NOMEM: 'ENOMEM', DESTRUCTION: 'EDESTRUCTION',
  BADSTR: 'EBADSTR', BADFLAGS: 'EBADFLAGS', NONAME: 'ENONAME', BADHINTS: 'EBADHINTS', NOTINITIALIZED: 'ENOTINITIALIZED',
  LOADIPHLPAPI: 'ELOADIPHLPAPI', ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS', CANCELLED: 'ECANCELLED',
};

const promisified = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(lookup, promisified, {
  __proto__: null, configurable: true, value: (...args) => require('dns/promises').lookup(...args),
});
Object.defineProperty(lookupService, promisified, {
  __proto__: null, configurable: true, value: (...args) => require('dns/promises').lookupService(...args),
});

module.exports = Object.assign({
  lookup, lookupService, Resolver, getServers, setServers, setDefaultResultOrder, getDefaultResultOrder,
  ADDRCONFIG, ALL, V4MAPPED,
}, methods, ERROR_CODES);
Object.defineProperty(module.exports, 'promises', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return require('dns/promises'); },
});
Object.defineProperty(module.exports, '_internal', {
  __proto__: null, enumerable: false, value: { lookupOptions, lookupList, lookupError, pairs, methods, ERROR_CODES },
});
