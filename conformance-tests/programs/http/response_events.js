'use strict';

// The order of a response's events.

const http = require('http');
const server = http.createServer((req, res) => {
  for (const event of ['prefinish', 'finish', 'close']) res.on(event, () => console.log('res', event));
  for (const event of ['end', 'close']) req.on(event, () => console.log('req', event));
  res.end('x', () => console.log('end callback'));
  console.log('after end', res.writableEnded, res.finished);
}).listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    res.resume().on('end', () => server.close(() => console.log('closed')));
  });
});
