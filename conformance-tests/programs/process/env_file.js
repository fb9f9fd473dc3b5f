'use strict';
// --env-file puts the variables of files into process.env, a later file's over an earlier one's, for children too.
const { execFileSync } = require('child_process');

console.log(process.env.OURO_CASE_A, process.env.OURO_CASE_B);
console.log(execFileSync(process.execPath, ['-p', 'process.env.OURO_CASE_A'], { encoding: 'utf8' }).trim());
try {
  execFileSync(process.execPath, ['--env-file=fixtures/none.env', '-p', '1'], { encoding: 'utf8', stdio: 'pipe' });
} catch (error) {
  console.log(error.status, /fixtures\/none\.env: not found/.test(error.stderr));
}
