// Exports are live bindings, cycles work.
import { n, inc } from './fixtures/counter.mjs';
import { callB } from './fixtures/esm_cycle_a.mjs';
console.log(n);
inc();
console.log(n, callB());
try {
  // eslint-disable-next-line no-import-assign
  n = 5;
} catch (e) {
  console.log(e.name);
}
