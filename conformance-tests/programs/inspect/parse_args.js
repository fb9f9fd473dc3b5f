// util.parseArgs() splits arguments into options and positionals.
const { parseArgs } = require('util');

const options = { name: { type: 'string', short: 'n' }, verbose: { type: 'boolean', short: 'v', multiple: true }, level: { type: 'string', default: '1' } };
console.log(parseArgs({ args: ['-vv', '--name=x', 'file', '--', '--not-option'], options, allowPositionals: true }));
for (const args of [['--unknown'], ['--name'], ['--verbose=1'], ['stray'], ['-n', '-v']]) {
  try {
    parseArgs({ args, options });
  } catch (error) {
    console.log(error.code, '-', error.message);
  }
}
