'use strict';
// internal/process/flags: process.allowedNodeEnvironmentFlags, the flags that NODE_OPTIONS may hold.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html#processallowednodeenvironmentflags
// The list is that of https://nodejs.org/docs/latest-v24.x/api/cli.html#node_optionsoptions, as far as this program takes
// the flags.

const kFlags = [
  '--abort-on-uncaught-exception', '--addons', '--conditions', '-C', '--deprecation', '--diagnostic-dir',
  '--disable-proto', '--disable-warning', '--disallow-code-generation-from-strings', '--dns-result-order',
  '--enable-source-maps', '--entry-url', '--env-file', '--expose-gc', '--force-context-aware', '--frozen-intrinsics',
  '--global-search-paths', '--icu-data-dir', '--import', '--input-type', '--insecure-http-parser', '--jitless',
  '--max-http-header-size', '--max-old-space-size', '--max-semi-space-size', '--network-family-autoselection',
  '--pending-deprecation', '--perf-basic-prof', '--perf-basic-prof-only-functions', '--perf-prof',
  '--perf-prof-unwinding-info', '--preserve-symlinks', '--preserve-symlinks-main', '--redirect-warnings', '--require',
  '-r', '--secure-heap', '--secure-heap-min', '--stack-trace-limit', '--throw-deprecation', '--title',
  '--tls-cipher-list', '--tls-max-v1.2', '--tls-max-v1.3', '--tls-min-v1.0', '--tls-min-v1.1', '--tls-min-v1.2',
  '--tls-min-v1.3', '--trace-deprecation', '--trace-exit', '--trace-sigint', '--trace-uncaught', '--trace-warnings',
  '--unhandled-rejections', '--use-bundled-ca', '--use-openssl-ca', '--use-system-ca', '--v8-pool-size', '--warnings',
  '--zero-fill-buffers',
];

// A flag without its value and its dashes, its words joined with dashes; one letter stays told apart from a word.
function canonical(flag) {
  const name = /^(-{0,2})([^-=][^=]*)(?:=.*)?$/s.exec(flag);
  if (name === null) return undefined;
  const [, dashes, word] = name;
  if (dashes === '--' && word.length === 1) return undefined;
  return `${word.length === 1 ? '-' : '--'}${word.replaceAll('_', '-')}`;
}

class NodeEnvironmentFlagsSet extends Set {
  add() { return this; }
  delete() { return false; }
  clear() {}
  get size() { return kFlags.length; }
  has(flag) { return typeof flag === 'string' && kFlags.includes(canonical(flag)); }
  forEach(callback, thisArg) {
    for (let i = 0; i < kFlags.length; i++) Reflect.apply(callback, thisArg, [kFlags[i], kFlags[i], this]);
  }
  entries() { return new Set(kFlags).entries(); }
  keys() { return new Set(kFlags).keys(); }
  values() { return new Set(kFlags).values(); }
  [Symbol.iterator]() { return new Set(kFlags).values(); }
}

exports.createFlags = function createFlags() { return Object.freeze(new NodeEnvironmentFlagsSet()); };
