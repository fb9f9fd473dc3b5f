'use strict';

// node:dns/promises: the functions of node:dns that return promises.
// API: https://nodejs.org/docs/latest-v24.x/api/dns.html#dns-promises-api
// Binding dns: lookupService. Lookups share the code of dns.js.

const dns = require('dns');
const { lookupOptions, lookupList, pairs, methods, ERROR_CODES } = dns._internal;
const net = binding('net');

function lookup(hostname, options) {
  const { validateString } = require('internal/validators');
  if (hostname) validateString(hostname, 'hostname');
  const settings = lookupOptions(options);
  const { all, family } = settings;
  if (!hostname) return Promise.resolve(all ? [] : { address: null, family: family === 6 ? 6 : 4 });
  const matched = net.isIP(hostname);
  if (matched) {
    const entry = { address: hostname, family: matched };
    return Promise.resolve(all ? [entry] : entry);
  }
  return new Promise((resolve, reject) => {
    lookupList(hostname, settings, (err, list) => {
      if (err) reject(err);
      else resolve(all ? pairs(list) : { address: list[0], family: list[1] });
    });
  });
}

function lookupService(address, port) {
  const { codes } = require('internal/errors');
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  if (net.isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  require('internal/validators').validatePort(port);
  return new Promise((resolve, reject) => {
    dns.lookupService(address, port, (err, hostname, service) => {
      if (err) reject(err);
      else resolve({ hostname, service });
    });
  });
}

function promised(method) {
  return function(...args) {
    return new Promise((resolve, reject) => {
      method.call(this, ...args, (err, result) => (err ? reject(err) : resolve(result)));
    });
  };
}

const resolvers = {};
for (const name of Object.keys(methods)) resolvers[name] = promised(methods[name]);

class Resolver extends dns.Resolver {}
Object.assign(Resolver.prototype, resolvers);

module.exports = Object.assign({
  lookup, lookupService, Resolver,
  getServers: dns.getServers, setServers: dns.setServers,
  setDefaultResultOrder: dns.setDefaultResultOrder, getDefaultResultOrder: dns.getDefaultResultOrder,
}, resolvers, ERROR_CODES);
