'use strict';
// node:test: describe tests, run them one after another, report in TAP.
// API: https://nodejs.org/docs/latest-v24.x/api/test.html
// A test is a node of a tree. Files build the tree at load (suites run their bodies at once); the root starts on the
// next turn and runs its children in order. Mocks stand in `internal/test/mock`.

const { codes } = require('internal/errors');

class TestNode {
  constructor(parent, name, options, fn, kind) {
    this.parent = parent;
    this.name = name;
    this.options = options;
    this.fn = fn;
    this.kind = kind;
    this.children = [];
    this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    this.error = undefined;
    this.failed = 0;
    this.diagnostics = [];
    this.skipped = options.skip;
    this.todo = options.todo;
    this.promise = new Promise((resolve) => { this.settle = resolve; });
    this.ran = 0;
  }

  get depth() { return this.parent === null ? -1 : this.parent.depth + 1; }
}

const root = new TestNode(null, '<root>', {}, undefined, 'root');
let current = root;
let started = false;
const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };

function argumentsOf(name, options, fn) {
  if (typeof name === 'function') fn = name;
  else if (name !== null && typeof name === 'object') {
    fn = options;
    options = name;
  } else if (typeof options === 'function') fn = options;
  if (typeof name !== 'string' || name === '') name = fn?.name || '<anonymous>';
  if (options === null || typeof options !== 'object') options = {};
  return [name, options, fn];
}

function add(parent, kind, name, options, fn, extra) {
  const [title, given, body] = argumentsOf(name, options, fn);
  const node = new TestNode(parent, title, { ...given, ...extra }, body ?? (() => {}), kind);
  parent.children.push(node);
  if (parent === root) start();
  if (kind === 'suite' && !node.skipped) {
    const outer = current;
    current = node;
    try {
      const result = node.fn.call(undefined, new SuiteContext(node));
      if (typeof result?.then === 'function') node.building = result.then(undefined, (err) => { node.error = err; });
    } catch (err) {
      node.error = err;
    } finally {
      current = outer;
    }
  }
  return node;
}

function start() {
  if (started) return;
  started = true;
  // Whoever fails to settle keeps nothing alive; the count of what is left is told at the end.
  setImmediate(() => runRoot().catch((err) => { throw err; }));
}

async function runRoot() {
  print('TAP version 13');
  await runHooks(root, 'before', undefined);
  for (let i = 0; i < root.children.length; i++) await runNode(root.children[i], i + 1);
  await runHooks(root, 'after', undefined);
  print(`1..${root.children.length}`);
  for (const key of Object.keys(counts)) print(`# ${key} ${counts[key]}`);
  if (counts.fail + counts.cancelled > 0) process.exitCode = 1;
  started = false;
}

process.on('exit', () => {
  if (started) process.exitCode ||= 1;
});

async function runNode(node, number) {
  const startedAt = performance.now();
  if (node.building) await node.building;
  if (node.skipped) return report(node, number, startedAt);
  try {
    if (node.kind === 'suite') await runSuite(node);
    else await runTest(node);
  } catch (err) {
    node.error = err ?? new Error('rejected without a reason');
  }
  return report(node, number, startedAt);
}

async function runSuite(suite) {
  if (suite.error !== undefined) return;
  await runHooks(suite, 'before', new SuiteContext(suite));
  const { children } = suite;
  const only = children.some((child) => child.options.only);
  for (let i = 0; i < children.length; i++) {
    if (only && !children[i].options.only) continue;
    await runNode(children[i], i + 1);
  }
  await runHooks(suite, 'after', new SuiteContext(suite));
}

async function runTest(test) {
  const context = new TestContext(test);
  for (const ancestor of ancestors(test)) await runHooks(ancestor, 'beforeEach', context);
  try {
    await runHooks(test, 'before', context);
    await withTimeout(test, call(test.fn, context));
    for (let i = test.ran; i < test.children.length; i++) await test.children[i].promise;
    if (test.plan !== undefined && test.plan !== test.assertions) {
      throw new Error(`plan expected ${test.plan} assertions but received ${test.assertions}`);
    }
  } finally {
    test.mock?.reset();
    await runHooks(test, 'after', context);
    for (const ancestor of ancestors(test).reverse()) await runHooks(ancestor, 'afterEach', context);
  }
}

function ancestors(node) {
  const list = [];
  for (let at = node.parent; at !== null; at = at.parent) list.unshift(at);
  return list;
}

async function runHooks(node, kind, context) {
  for (const hook of node.hooks[kind]) await call(hook, context);
}

// A body with two parameters gets a callback, any other may return a promise.
function call(fn, context) {
  if (fn.length < 2) return fn.call(context, context);
  return new Promise((resolve, reject) => {
    const result = fn.call(context, context, (err) => (err ? reject(err) : resolve()));
    if (typeof result?.then === 'function') reject(new Error('passed a callback but also returned a Promise'));
  });
}

function withTimeout(test, promise) {
  const { timeout, signal } = test.options;
  if ((timeout === undefined || timeout === Infinity) && signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const timer = timeout === undefined || timeout === Infinity ? undefined :
      setTimeout(() => reject(new Error(`test timed out after ${timeout}ms`)), timeout);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(promise).then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function report(node, number, startedAt) {
  const isSuite = node.kind === 'suite';
  counts[isSuite ? 'suites' : 'tests']++;
  const failed = node.error !== undefined || node.failed > 0;
  const indent = '    '.repeat(node.depth);
  if (node.children.length > 0) print(`${indent}    1..${node.children.length}`);
  let directive = '';
  if (node.skipped) directive = ` # SKIP${typeof node.skipped === 'string' ? ` ${node.skipped}` : ''}`;
  else if (node.todo) directive = ` # TODO${typeof node.todo === 'string' ? ` ${node.todo}` : ''}`;
  print(`${indent}${failed ? 'not ok' : 'ok'} ${number} - ${node.name.replace(/[\\#]/g, '\\$&')}${directive}`);
  print(`${indent}  ---\n${indent}  duration_ms: ${performance.now() - startedAt}\n${indent}  type: '${isSuite ? 'suite' : 'test'}'`);
  if (node.error !== undefined) {
    const { inspect } = require('util');
    for (const line of `error: ${inspect(node.error)}`.split('\n')) print(`${indent}  ${line}`);
  }
  print(`${indent}  ...`);
  for (const message of node.diagnostics) print(`${indent}# ${message}`);
  if (node.skipped) counts.skipped++;
  else if (node.todo) counts.todo++;
  else if (!isSuite) counts[failed ? 'fail' : 'pass']++;
  else if (node.error !== undefined) counts.fail++;
  if (failed && !node.todo && !node.skipped && node.parent !== null) node.parent.failed++;
  node.settle();
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

class SuiteContext {
  #node;
  constructor(node) { this.#node = node; }
  get name() { return this.#node.name; }
  get fullName() { return fullName(this.#node); }
  get filePath() { return process.argv[1]; }
  get signal() { return (this.#node.controller ??= new AbortController()).signal; }
}

function fullName(node) {
  return [...ancestors(node).slice(1), node].map((n) => n.name).join(' > ');
}

class TestContext extends SuiteContext {
  #node;
  constructor(node) {
    super(node);
    this.#node = node;
    this.test = this.test.bind(this);
  }
  test(name, options, fn) {
    const child = add(this.#node, 'test', name, options, fn);
    this.#node.ran = this.#node.children.length;
    return runNode(child, this.#node.children.length);
  }
  get mock() {
    return this.#node.mock ??= new (require('internal/test/mock').MockTracker)();
  }
  get assert() {
    const node = this.#node;
    const assert = require('assert');
    return node.assert ??= new Proxy(assert, {
      get(target, key) {
        const value = target[key];
        if (typeof value !== 'function') return value;
        return (...args) => {
          node.assertions = (node.assertions ?? 0) + 1;
          return value.apply(target, args);
        };
      },
    });
  }
  get passed() { return this.#node.error === undefined; }
  get error() { return this.#node.error ?? null; }
  plan(count) {
    this.#node.plan = count;
    this.#node.assertions ??= 0;
  }
  diagnostic(message) { this.#node.diagnostics.push(message); }
  skip(message) { this.#node.skipped = message ?? true; }
  todo(message) { this.#node.todo = message ?? true; }
  runOnly() {}
  before(fn) { this.#node.hooks.before.push(fn); }
  after(fn) { this.#node.hooks.after.push(fn); }
  beforeEach(fn) { this.#node.hooks.beforeEach.push(fn); }
  afterEach(fn) { this.#node.hooks.afterEach.push(fn); }
  waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
    const end = performance.now() + timeout;
    return new Promise((resolve, reject) => {
      const poll = async () => {
        try {
          resolve(await condition());
        } catch (err) {
          if (performance.now() > end) reject(Object.assign(new Error('waitFor() timed out'), { cause: err }));
          else setTimeout(poll, interval);
        }
      };
      poll();
    });
  }
}

function define(kind) {
  const run = (extra) => (name, options, fn) => {
    const node = add(current, kind, name, options, fn, extra);
    return kind === 'suite' ? Promise.resolve() : node.promise;
  };
  const main = run();
  for (const flag of ['skip', 'todo', 'only']) main[flag] = run({ [flag]: true });
  return main;
}

function hook(kind) {
  return (fn) => {
    if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
    current.hooks[kind].push(fn);
  };
}

const test = define('test');
const suite = define('suite');
module.exports = Object.assign(test, {
  test,
  it: define('test'),
  describe: suite,
  suite,
  before: hook('before'),
  after: hook('after'),
  beforeEach: hook('beforeEach'),
  afterEach: hook('afterEach'),
  run() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('run'); },
});
let mock;
Object.defineProperty(test, 'mock', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => mock ??= new (require('internal/test/mock').MockTracker)(),
});
let assertModule;
Object.defineProperty(test, 'assert', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => assertModule ??= require('assert'),
});
