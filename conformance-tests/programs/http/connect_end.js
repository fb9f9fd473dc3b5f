'use strict';
// The socket of 'connect' goes on reading though nobody takes its bytes: the client's end closes it, and the server ends.
const http = require('http');

const server = http.createServer().on('connect', (req, socket) => {
  socket.on('close', () => console.log('server socket closed'));
  socket.end('HTTP/1.1 200 Connected\r\n\r\nhello');
});
server.listen(0, () => {
  const { port } = server.address();
  http.request({ port, method: 'CONNECT', path: 'a:1' }).on('connect', (res, socket, head) => {
    console.log(res.statusCode);
    let text = head.toString();
    socket.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => {
      console.log(text);
      server.close(() => console.log('server closed'));
    });
  }).end();
});
