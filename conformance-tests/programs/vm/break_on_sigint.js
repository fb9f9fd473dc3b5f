'use strict';
// With `breakOnSigint`, the signal ends the script and not the program, whose listeners hear only of later ones.
const { spawn } = require('child_process');
const vm = require('vm');

const [, , how] = process.argv;
if (how === undefined) {
  (async () => {
    for (const one of ['Script', 'runInNewContext', 'listener']) await run(one);
  })();
} else {
  const context = vm.createContext({ process });
  const options = { breakOnSigint: true };
  const endless = 'process.stdout.write("ready\\n"); while (true);';
  process.on('SIGINT', () => {
    console.log('heard');
    clearInterval(alive);
  });
  const alive = setInterval(() => {}, 1000);
  try {
    if (how === 'Script') new vm.Script(endless).runInThisContext(options);
    if (how === 'runInNewContext') vm.runInNewContext(endless, { process }, options);
    if (how === 'listener') console.log(vm.runInContext('1 + 1', context, options));
  } catch (error) {
    console.log(error.code, error.message);
  }
  console.log('ready');
}

async function run(one) {
  const child = spawn(process.execPath, [__filename, one], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
    for (const _ of `${data}`.matchAll(/^ready$/gm)) child.kill('SIGINT');
  });
  const [code, signal] = await new Promise((resolve) => child.on('close', (...how) => resolve(how)));
  console.log(`${one}: ${code} ${signal}\n${text}`);
}
