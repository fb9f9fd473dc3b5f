// Reads a file without blocking: the callback runs when the worker pool has the bytes.
//   ouro examples/read_file.js [file]
const fs = require('fs');

fs.readFile(process.argv[2] || __filename, function (err, data) {
  if (err) throw err;
  console.log(`${data.length} bytes, ${data.toString().split('\n').length} lines`);
});
console.log('the file is being read');
