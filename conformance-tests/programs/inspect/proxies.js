// A Proxy looks like its target unless `showProxy` is set; its traps are not called.
const { inspect } = require('util');

const proxy = new Proxy({ a: 1 }, { get() { throw new Error('trap'); } });
console.log(inspect(proxy));
console.log(inspect(proxy, { showProxy: true }));
console.log(inspect(new Proxy([1, 2], {})), inspect(new Proxy(function f() {}, {})));
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
console.log(inspect(revoked));
