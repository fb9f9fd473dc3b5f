// The shapes of what node:os tells.
'use strict';
const os = require('os');
console.log(typeof os.hostname(), os.EOL === '\n', os.endianness(), os.platform() === process.platform, os.type(), os.devNull);
console.log(os.cpus().length > 0, Object.keys(os.cpus()[0]), Object.keys(os.cpus()[0].times), os.availableParallelism() > 0);
console.log(os.totalmem() >= os.freemem(), os.loadavg().length, os.uptime() > 0, typeof os.release(), typeof os.version(), typeof os.machine());
console.log(Object.keys(os.userInfo()).sort(), Buffer.isBuffer(os.userInfo({ encoding: 'buffer' }).username), os.homedir() === (process.env.HOME ?? os.userInfo().homedir));
console.log(os.constants.signals.SIGINT, os.constants.errno.ENOENT, os.constants.priority, os.getPriority());
process.env.TMPDIR = '/x/';
console.log(os.tmpdir(), `${os.hostname}` === os.hostname());
try { os.setPriority(0, 99); } catch (error) { console.log(error.code, error.message); }
