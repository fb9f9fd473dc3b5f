// process.env holds strings, and children inherit its changes.
process.env.OURO_NUMBER = 42;
process.env.OURO_TRUE = true;
console.log(process.env.OURO_NUMBER === '42', process.env.OURO_TRUE, 'OURO_NONE' in process.env);
delete process.env.OURO_TRUE;
console.log(process.env.OURO_TRUE, Object.keys(process.env).includes('OURO_NUMBER'));
console.log(require('child_process').execSync('echo $OURO_NUMBER', { encoding: 'utf8' }).trim());
try {
  process.env[Symbol('s')] = 1;
} catch (err) {
  console.log(err.name, err.message);
}
