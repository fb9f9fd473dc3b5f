'use strict';
// process.binding() has what old packages ask for, and nothing else.
const util = require('util');

console.log('fs' in process.binding('natives'), process.binding('util').isDate === util.types.isDate);
console.log(process.binding('uv').UV_ENOENT, process.binding('constants').os.signals.SIGINT);
try {
  process.binding('nothing');
} catch (error) {
  console.log(error.message);
}
