// Traps that instructions run into: order, receivers, what their answers may be, exceptions, generators, revocation.
'use strict';
const say = (what, f) => {
  try {
    console.log(what, f());
  } catch (error) {
    console.log(what, error instanceof Error ? `${error.name}: ${error.message}` : error);
  }
};

const log = [];
const seen = new Proxy({ a: 1, [Symbol.iterator]: undefined }, {
  get(target, key, receiver) {
    log.push(`get ${String(key)} ${typeof key} ${receiver === seen} ${this === handler(seen)}`);
    return Reflect.get(target, key, receiver);
  },
  has(target, key) {
    log.push(`has ${String(key)} ${typeof key}`);
    return key in target;
  },
  set(target, key, value, receiver) {
    log.push(`set ${String(key)} ${typeof key} ${value} ${receiver === seen}`);
    return Reflect.set(target, key, value, receiver);
  },
});
function handler() { return log.handler ??= Object.getPrototypeOf(log) && undefined; }
say('reads', () => [seen.a, seen['a'], seen[0], seen[1.5], seen[-1], seen[Symbol.iterator], seen.b].join());
say('in', () => ['a' in seen, 0 in seen, Symbol.iterator in seen, 'zz' in seen].join());
say('writes', () => { seen.a = 2; seen[0] = 3; seen.c ??= 4; seen.a += 1; seen.a++; return JSON.stringify({ ...seen }); });
say('log', () => log.map((line) => line.replace(/ (true|false)$/, '')).join('\n'));

// A trap's own frame: arguments, new.target, default parameters, closures.
say('arguments', () => new Proxy({}, { get() { return arguments.length; } }).x);
say('rest', () => new Proxy({}, { get(...all) { return all.length + typeof all[1]; } }).x);
say('defaults', () => new Proxy({}, { get(t, k, r, more = 'more') { return more; } }).x);
say('new.target', () => new Proxy({}, { get: function () { return new.target; } }).x);
say('arrow', () => new Proxy({ y: 5 }, { get: (t, k) => t.y + k }).x);
say('sloppy this', () => new Proxy({}, { get: Function('return this === globalThis || typeof this') }).x);
say('generator', () => typeof new Proxy({}, { *get() {} }).x.next);
say('async', () => new Proxy({}, { async get() {} }).x instanceof Promise);
say('native', () => new Proxy({ x: 7 }, { get: Reflect.get, has: Reflect.has, set: Reflect.set }).x);
say('bound', () => new Proxy({ x: 8 }, { get: ((t, k) => t[k]).bind(null) }).x);
say('class', () => new Proxy({}, { get: class {} }).x);
say('no function', () => new Proxy({}, { get: 1 }).x);
say('getter for a trap', () => new Proxy({}, { get get() { return () => 'got'; } }).x);
say('inherited trap', () => new Proxy({}, Object.create({ get: () => 'inherited' })).x);
say('proxy for a handler', () => new Proxy({}, new Proxy({}, { get: (t, k) => () => k })).x);
say('proxy for a target', () => new Proxy(new Proxy({}, { get: (t, k) => k + 1 }), { get: (t, k) => t[k] + 2 }).x);
say('behind', () => Object.create(new Proxy({}, { get: (t, k, r) => [k, Object.keys(r)] }), { o: { enumerable: true } }).x);

// What may not be said.
const fixed = Object.defineProperties({}, {
  data: { value: 1 },
  getter: { set() {} },
  setter: { get() { return 1; } },
});
const liar = new Proxy(fixed, { get: () => 2, has: () => false, set: () => true });
for (const key of ['data', 'getter', 'setter']) {
  say(`get ${key}`, () => liar[key]);
  say(`has ${key}`, () => key in liar);
  say(`set ${key}`, () => { liar[key] = 3; return 'set'; });
}
say('same data', () => new Proxy(fixed, { get: () => 1 }).data);
say('frozen', () => 'x' in new Proxy(Object.freeze({ x: 1 }), { has: () => false }));
say('closed', () => 'x' in new Proxy(Object.preventExtensions({ x: 1 }), { has: () => 0 }));
say('changes while it runs', () => new Proxy({ x: 1 }, {
  get(t) { Object.defineProperty(t, 'x', { value: 1, writable: false, configurable: false }); return 2; },
}).x);
say('refused, strict', () => { new Proxy({}, { set: () => false }).x = 1; });
say('refused, sloppy', () => Function('p', 'p.x = 1; p[0] = 2; return "went on"')(new Proxy({}, { set: () => '' })));
say('truthy', () => { new Proxy({}, { set: () => 'yes' }).x = 1; return 'set'; });
say('truthy has', () => 'x' in new Proxy({}, { has: () => [] }));
say('value of an assignment', () => (new Proxy({}, { set: () => true }).x = 9));

// Exceptions, revocation in the middle, coroutines around.
say('throws', () => new Proxy({}, { get() { throw 'thrown'; } }).x);
say('caught inside', () => new Proxy({}, { get() { try { null.x; } catch { return 'caught'; } } }).x);
say('finally', () => { let n = 0; try { new Proxy({}, { set() { throw 1; } }).x = 1; } catch { n = 1; } finally { n += 1; } return n; });
const dying = Proxy.revocable({ x: 1 }, { get(t, k) { dying.revoke(); return t[k]; } });
say('revoked inside', () => dying.proxy.x);
say('revoked', () => dying.proxy.x);
say('revoked in', () => 'x' in dying.proxy);
say('revoked set', () => { dying.proxy.x = 1; });
function* steps() { const p = new Proxy({}, { get: (t, k) => k }); yield p.a; const [x, y] = [p.b, p[yield p.c]]; return x + y; }
say('generator around', () => { const it = steps(); return [it.next().value, it.next().value, it.next('sent').value].join(); });
(async () => { const p = new Proxy({}, { get: (t, k) => k }); return `${await p.q}${p[await 'r']}`; })().then((v) => say('async around', () => v));

// Depth: each level is a trap inside a trap.
const deep = new Proxy({}, { get: (t, k, r) => (k > 0 ? r[k - 1] : 'bottom') });
say('deep', () => deep[500]);
const endless = new Proxy({}, { get: (t, k, r) => r[k] });
say('endless', () => endless.x);
say('trace', () => new Proxy({}, { get: function trap() { return new Error('e').stack.split('\n')[1].trim().split(' ')[1]; } }).x);
