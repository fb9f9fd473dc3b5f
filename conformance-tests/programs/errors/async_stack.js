// The async functions that wait are part of the stack, with the combinators between them.
const shown = (error) => error.stack.split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.slice(7).replace(/\(?\/.*$/, '')).join('< ');
const fail = async () => { await null; throw new Error('made'); };
async function* generate() { yield 1; await null; throw new Error('made'); }
class Client { async get() { await fail(); } static async open() { await new Client().get(); } }
const cases = {
  async chain() { const inner = async () => { await fail(); }; await inner(); },
  async method() { await Client.open(); },
  async all() { await Promise.all([1, fail()]); },
  async allSettled() { const [, { reason }] = await Promise.allSettled([1, fail()]); throw reason; },
  async any() { await Promise.any([fail()]).catch(({ errors }) => { throw errors[0]; }); },
  async race() { await Promise.race([fail()]); },
  async then() { await fail().then((value) => value); },
  async forAwait() { for await (const value of generate()); },
  async native() { await null; JSON.parse(''); },
};
(async () => {
  for (const [name, run] of Object.entries(cases)) await run().catch((error) => console.log(name.padEnd(10), shown(error)));
})();
