'use strict';

// An upgrade hands over the connection and the bytes that came with it.

const http = require('http');
const server = http.createServer();
server.on('upgrade', (req, socket, head) => {
  console.log('server', req.headers.upgrade, String(head));
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: words\r\n\r\nfirst');
  socket.on('data', (chunk) => socket.end(`echo ${chunk}`));
});
server.listen(0, () => {
  const req = http.request({
    port: server.address().port,
    headers: { Connection: 'Upgrade', Upgrade: 'words' },
  });
  req.on('upgrade', (res, socket, head) => {
    console.log('client', res.statusCode, String(head));
    socket.write('hi');
    socket.on('data', (chunk) => console.log(String(chunk)));
    socket.on('end', () => server.close());
  });
  req.end();
});
