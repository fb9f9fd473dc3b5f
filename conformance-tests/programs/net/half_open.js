'use strict';

// With allowHalfOpen a server may answer after the client has ended.

const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', () => setTimeout(() => socket.end(text.toUpperCase()), 10));
  server.close();
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1' });
  client.setEncoding('utf8');
  client.on('data', (text) => console.log(text));
  client.on('close', (hadError) => console.log('close', hadError));
  client.end('quiet words');
});
