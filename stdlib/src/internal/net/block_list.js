'use strict';

// internal/net/block_list: net.BlockList and net.SocketAddress.
// API: https://nodejs.org/docs/latest-v24.x/api/net.html#class-netblocklist
// Binding net: parseIP(text) -> Uint8Array of 4 or 16 bytes, or undefined; formatIP(bytes) -> text.
//
// A rule is a range of addresses of one family: a single address is a range of one, a subnet the range its prefix spans.

const net = binding('net');

const kRules = Symbol('rules');
const kDetail = Symbol('detail');

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

function familyName(value, name) {
  if (typeof value !== 'string') throw new (errors().codes.ERR_INVALID_ARG_TYPE)(name, 'string', value);
  const family = value.toLowerCase();
  validators().validateOneOf(family, name, ['ipv4', 'ipv6']);
  return family;
}

function parse(address, family) {
  const bytes = net.parseIP(address);
  if (bytes === undefined || (bytes.length === 4) !== (family === 'ipv4')) {
    throw new (errors().codes.ERR_INVALID_ADDRESS)(address);
  }
  return bytes;
}

/** An IP address with a port. */
class SocketAddress {
  static isSocketAddress(value) {
    return value !== null && typeof value === 'object' && value[kDetail] !== undefined;
  }

  static parse(input) {
    validators().validateString(input, 'input');
    try {
      const { hostname, port } = new URL(`http://${input}`);
      if (hostname.startsWith('[') && hostname.endsWith(']')) {
        return new SocketAddress({ address: hostname.slice(1, -1), port: port | 0, family: 'ipv6' });
      }
      return new SocketAddress({ address: hostname, port: port | 0 });
    } catch {
      return undefined;
    }
  }

  constructor(options = {}) {
    const { validateObject, validateString, validatePort, validateUint32 } = validators();
    validateObject(options, 'options');
    const family = options.family === undefined ? 'ipv4' : familyName(options.family, 'options.family');
    const { port = 0, flowlabel = 0 } = options;
    const { address = family === 'ipv4' ? '127.0.0.1' : '::' } = options;
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    parse(address, family);
    this[kDetail] = { address, port: port | 0, family, flowlabel };
  }

  get address() { return this[kDetail].address; }

  get port() { return this[kDetail].port; }

  get family() { return this[kDetail].family; }

  get flowlabel() { return this[kDetail].family === 'ipv6' ? this[kDetail].flowlabel : 0; }

  toJSON() {
    return { address: this.address, port: this.port, family: this.family, flowlabel: this.flowlabel };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    return `SocketAddress ${require('util').inspect(this.toJSON(), options)}`;
  }
}

// The address of a string or a SocketAddress, as { text, bytes, family }.
function resolve(address, family, name) {
  if (!SocketAddress.isSocketAddress(address)) {
    validators().validateString(address, name);
    family = familyName(family, 'family');
    return { text: address, bytes: parse(address, family), family };
  }
  return { text: address.address, bytes: parse(address.address, address.family), family: address.family };
}

function compare(a, b) {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

// The first or the last address of a subnet.
function subnetEdge(bytes, prefix, last) {
  const edge = Uint8Array.from(bytes);
  for (let bit = prefix; bit < edge.length * 8; bit++) {
    const mask = 0x80 >> (bit & 7);
    if (last) edge[bit >> 3] |= mask;
    else edge[bit >> 3] &= ~mask;
  }
  return edge;
}

// An IPv4 address in IPv6 clothes (::ffff:a.b.c.d) as the IPv4 address.
function unmapped(bytes) {
  if (bytes.length !== 16 || bytes[10] !== 0xff || bytes[11] !== 0xff) return undefined;
  for (let i = 0; i < 10; i++) if (bytes[i] !== 0) return undefined;
  return bytes.subarray(12);
}

// The IPv6 clothes of an IPv4 address.
function mappedFrom(bytes) {
  const mapped = new Uint8Array(16);
  mapped[10] = mapped[11] = 0xff;
  mapped.set(bytes, 12);
  return mapped;
}

function displayFamily(family) {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

/** A list of addresses, ranges and subnets that are refused. */
class BlockList {
  static isBlockList(value) {
    return value !== null && typeof value === 'object' && value[kRules] !== undefined;
  }

  constructor() {
    this[kRules] = [];
  }

  addAddress(address, family = 'ipv4') {
    const one = resolve(address, family, 'address');
    this[kRules].push({
      from: one.bytes, to: one.bytes, text: `Address: ${displayFamily(one.family)} ${one.text}`,
    });
  }

  addRange(start, end, family = 'ipv4') {
    const from = resolve(start, family, 'start');
    const to = resolve(end, family, 'end');
    if (from.family !== to.family || compare(from.bytes, to.bytes) > 0) {
      const first = SocketAddress.isSocketAddress(start) ? start : new SocketAddress({ address: start, family });
      throw new (errors().codes.ERR_INVALID_ARG_VALUE)('start', first, 'must come before end');
    }
    this[kRules].push({
      from: from.bytes, to: to.bytes, text: `Range: ${displayFamily(from.family)} ${from.text}-${to.text}`,
    });
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const net = resolve(network, family, 'network');
    validators().validateInt32(prefix, 'prefix', 0, net.family === 'ipv4' ? 32 : 128);
    this[kRules].push({
      from: subnetEdge(net.bytes, prefix, false),
      to: subnetEdge(net.bytes, prefix, true),
      text: `Subnet: ${displayFamily(net.family)} ${net.text}/${prefix}`,
    });
  }

  check(address, family = 'ipv4') {
    let bytes;
    if (SocketAddress.isSocketAddress(address)) {
      bytes = net.parseIP(address.address);
    } else {
      validators().validateString(address, 'address');
      family = familyName(family, 'family');
      bytes = net.parseIP(address);
      if (bytes === undefined || (bytes.length === 4) !== (family === 'ipv4')) return false;
    }
    const plain = unmapped(bytes);
    const mapped = bytes.length === 4 ? mappedFrom(bytes) : undefined;
    for (let i = 0; i < this[kRules].length; i++) {
      const { from, to } = this[kRules][i];
      if (from.length === bytes.length && compare(from, bytes) <= 0 && compare(bytes, to) <= 0) return true;
      if (plain && from.length === 4 && compare(from, plain) <= 0 && compare(plain, to) <= 0) return true;
      if (mapped && from.length === 16 && compare(from, mapped) <= 0 && compare(mapped, to) <= 0) return true;
    }
    return false;
  }

  get rules() {
    // The newest rule comes first.
    return this[kRules].map((rule) => rule.text).reverse();
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(data) {
    const list = Array.isArray(data) ? data : JSON.parse(data);
    validators().validateStringArray(list, 'data');
    for (const rule of list) {
      let match;
      if ((match = /^Address: IPv([46]) (\S+)$/.exec(rule))) this.addAddress(match[2], `ipv${match[1]}`);
      else if ((match = /^Range: IPv([46]) (\S+)-(\S+)$/.exec(rule))) this.addRange(match[2], match[3], `ipv${match[1]}`);
      else if ((match = /^Subnet: IPv([46]) (\S+)\/(\d+)$/.exec(rule))) this.addSubnet(match[2], +match[3], `ipv${match[1]}`);
    }
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return this;
    return `BlockList ${require('util').inspect({ rules: this.rules }, options)}`;
  }
}

module.exports = { BlockList, SocketAddress };
