// util.promisify() of exec and execFile gives both outputs, and the child.
const { promisify } = require('util');
const { exec, execFile } = require('child_process');
(async () => {
  const promise = promisify(exec)('echo out; echo err >&2');
  console.log(typeof promise.child.pid);
  console.log(await promise);
  await promisify(execFile)('sh', ['-c', 'echo x; exit 2']).catch((err) => console.log(err.code, err.stdout));
})();
