// map(), filter(), take(), reduce(): operators make streams or promises; map() keeps order among concurrent calls.
const { Readable } = require('stream');
const { setTimeout: sleep } = require('timers/promises');

async function main() {
  const numbers = () => Readable.from([1, 2, 3, 4, 5, 6]);
  console.log(await numbers().filter((n) => n % 2).map((n) => n * 10).toArray());
  console.log(await numbers().map(async (n) => {
    await sleep((6 - n) * 2);
    return n;
  }, { concurrency: 3 }).toArray());
  console.log(await numbers().drop(2).take(2).toArray());
  console.log(await numbers().reduce((sum, n) => sum + n, 0));
  console.log(await numbers().some((n) => n > 5), await numbers().every((n) => n > 5), await numbers().find((n) => n > 3));
  console.log(await numbers().flatMap((n) => [n, n]).take(5).toArray());
  try {
    numbers().map('no function');
  } catch (error) {
    console.log(error.code);
  }
}
main();
