'use strict';
// globalThis.navigator: a few facts about the machine under the names that browsers use.
// API: https://nodejs.org/docs/latest-v24.x/api/globals.html#navigator

const { codes } = require('internal/errors');

const construct = Symbol('construct');

class Navigator {
  constructor(token) {
    if (token !== construct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get hardwareConcurrency() { return require('os').availableParallelism(); }
  get language() { return 'en-US'; }
  get languages() { return Object.freeze([this.language]); }
  get userAgent() { return `Node.js/${process.versions.node.split('.')[0]}`; }
  get platform() {
    if (process.platform === 'darwin') return 'MacIntel';
    if (process.platform === 'win32') return 'Win32';
    const name = process.platform === 'linux' ? 'Linux' : process.platform;
    return `${name} ${process.arch === 'x64' ? 'x86_64' : process.arch}`;
  }
}
for (const name of ['hardwareConcurrency', 'language', 'languages', 'userAgent', 'platform']) {
  const descriptor = Object.getOwnPropertyDescriptor(Navigator.prototype, name);
  Object.defineProperty(Navigator.prototype, name, { __proto__: null, ...descriptor, enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(construct) };
