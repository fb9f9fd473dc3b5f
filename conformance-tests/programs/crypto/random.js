// Random bytes, numbers and identifiers have the right shape; the arguments are checked.
const crypto = require('crypto');
console.log(crypto.randomBytes(12).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
const all = new Set();
for (let i = 0; i < 200; i++) all.add(crypto.randomInt(3, 6));
console.log([...all].sort());
const view = crypto.randomFillSync(new Uint8Array(8), 4);
console.log(view.subarray(0, 4), view.length);
console.log(crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ab')), crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ac')));
for (const f of [() => crypto.randomBytes(-1), () => crypto.randomBytes('1'), () => crypto.randomInt(5, 5),
                 () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))]) {
  try {
    f();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
crypto.randomBytes(4, (err, bytes) => console.log(err, bytes.length));
