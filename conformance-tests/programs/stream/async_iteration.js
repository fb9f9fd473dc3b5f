// Leaving a for await loop early destroys the stream; an error arrives as a throw.
const { Readable } = require('stream');

async function main() {
  const numbers = Readable.from([1, 2, 3, 4]);
  for await (const n of numbers) {
    console.log(n);
    if (n === 2) break;
  }
  console.log(numbers.destroyed);
  const kept = Readable.from([1, 2, 3]);
  for await (const n of kept.iterator({ destroyOnReturn: false })) {
    console.log(n);
    break;
  }
  console.log(kept.destroyed);
  const failing = new Readable({ read() { this.destroy(new Error('gone')); } });
  try {
    for await (const chunk of failing) console.log(chunk);
  } catch (error) {
    console.log(error.message);
  }
}
main();
