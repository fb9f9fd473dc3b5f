'use strict';

// A server whose port is taken tells with 'error'.

const http = require('http');
const first = http.createServer().listen(0, '127.0.0.1', () => {
  const second = http.createServer();
  second.on('error', (err) => {
    console.log(err.code, err.syscall, second.listening);
    first.close();
  });
  second.listen(first.address().port, '127.0.0.1');
});
