'use strict';
// node:os: facts about the machine and its operating system.
// API: https://nodejs.org/docs/latest-v24.x/api/os.html
// Binding `os`: hostname, cpus, memory, interfaces, userInfo, uptime, loadavg, uname, getPriority, setPriority,
// parallelism. Constants stand in `internal/os_constants`.

const native = binding('os');
const { validateInt32 } = require('internal/validators');

exports.arch = () => process.arch;
exports.platform = () => process.platform;
exports.hostname = () => native.hostname();
exports.loadavg = () => native.loadavg();
exports.uptime = () => native.uptime();
exports.totalmem = () => native.memory()[0];
exports.freemem = () => native.memory()[1];
exports.cpus = () => native.cpus();
exports.availableParallelism = () => native.parallelism();
exports.type = () => native.uname()[0];
exports.release = () => native.uname()[1];
exports.version = () => native.uname()[2];
exports.machine = () => native.uname()[3];
exports.endianness = () => 'LE';
exports.networkInterfaces = () => native.interfaces();
Object.defineProperty(exports, 'EOL', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  writable: false,
  value: process.platform === 'win32' ? '\r\n' : '\n',
});
exports.devNull = process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null';

exports.homedir = () => process.env.HOME || native.userInfo().homedir;

exports.tmpdir = () => {
  const dir = process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp';
  return dir.length > 1 && dir.endsWith('/') ? dir.slice(0, -1) : dir;
};

exports.userInfo = (options) => {
  const info = native.userInfo();
  if (options?.encoding === 'buffer') {
    for (const key of ['username', 'homedir', 'shell']) if (info[key] !== null) info[key] = Buffer.from(info[key]);
  }
  return info;
};

const MIN_PRIORITY = -20;
const MAX_PRIORITY = 19;

exports.getPriority = (pid) => {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  return native.getPriority(pid);
};

exports.setPriority = (pid, priority) => {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', MIN_PRIORITY, MAX_PRIORITY);
  native.setPriority(pid, priority);
};

for (const name of ['arch', 'availableParallelism', 'endianness', 'freemem', 'homedir', 'hostname', 'platform', 'release',
                    'tmpdir', 'totalmem', 'type', 'uptime', 'version', 'machine']) {
  const read = exports[name];
  Object.defineProperty(read, Symbol.toPrimitive, { __proto__: null, configurable: true, value: () => read() });
}

let constants;
Object.defineProperty(exports, 'constants', {
  __proto__: null,
  configurable: false,
  enumerable: true,
  get() { return constants ??= require('internal/os_constants'); },
});
