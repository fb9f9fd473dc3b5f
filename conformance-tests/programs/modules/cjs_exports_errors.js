// What exports refuses.
const from = require('./fixtures/require_from');
for (const id of ['dual/nope', 'dual/feature/private/y', 'dual/a.cjs', 'nothing', '@scope/none', './nothing', 'node:nothing', 'broken-main']) {
  try {
    from(id);
  } catch (e) {
    console.log(id, e.name, e.code, e.message.split('\n')[0].replace(__dirname, '.').replace(__dirname, '.'));
  }
}
