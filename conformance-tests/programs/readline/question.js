// question() shows its text and gives the next line, by callback and by promise.
const { PassThrough } = require('stream');
const readline = require('readline');
const input = new PassThrough();
const output = new PassThrough();
const rl = readline.createInterface({ input, output });
rl.question('name? ', (name) => {
  console.log('hello', name, JSON.stringify(String(output.read())));
  rl.close();
  ask();
});
input.write('Ada\n');

async function ask() {
  const input = new PassThrough();
  const rl = require('readline/promises').createInterface({ input });
  setTimeout(() => input.write('42\n'), 5);
  console.log(await rl.question('answer? '));
  const controller = new AbortController();
  const question = rl.question('again? ', { signal: controller.signal });
  controller.abort();
  await question.catch((err) => console.log(err.name, err.code));
  rl.close();
}
