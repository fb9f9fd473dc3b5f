'use strict';

// Trailers come after a chunked body.

const http = require('http');
const server = http.createServer((req, res) => {
  res.writeHead(200, { Trailer: 'X-Sum' });
  res.write('body');
  res.addTrailers({ 'X-Sum': '42' });
  res.end();
}).listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    console.log(res.trailers);
    res.resume().on('end', () => {
      console.log(res.trailers, res.rawTrailers);
      server.close();
    });
  });
});
