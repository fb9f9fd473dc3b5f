// Import() from CommonJS.
import('./fixtures/counter.mjs').then((ns) => console.log(Object.keys(ns), ns.n))
  .then(() => import('./fixtures/names.cjs')).then((ns) => console.log(ns.default.a, ns.b))
  .then(() => import('./none.mjs')).catch((e) => console.log(e.code))
  .then(() => import('data:text/javascript,export default 6*7')).then((ns) => console.log(ns.default));
console.log('sync');
