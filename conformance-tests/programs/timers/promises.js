// node:timers/promises: values, signals, and an interval as an async iterator.
const { setTimeout, setImmediate, setInterval, scheduler } = require('timers/promises');
(async () => {
  console.log(await setTimeout(5, 'value'), await setImmediate('now'), await scheduler.wait(1));
  const controller = new AbortController();
  const waiting = setTimeout(1e6, null, { signal: controller.signal });
  controller.abort('reason');
  await waiting.catch((error) => console.log(error.name, error.code, error.message, error.cause));
  let n = 0;
  for await (const value of setInterval(1, 'again')) {
    console.log(value, ++n);
    if (n === 3) break;
  }
  await setTimeout('text').catch((error) => console.log(error.code, error.message));
})();
