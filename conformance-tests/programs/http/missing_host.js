'use strict';

// HTTP/1.1 without Host is 400.

const http = require('http');
const net = require('net');
const server = http.createServer(() => console.log('request'));

function raw(port, text, done) {
  const client = net.connect(port, '127.0.0.1', () => client.write(text));
  let reply = '';
  client.setEncoding('latin1');
  client.on('data', (chunk) => { reply += chunk; });
  client.on('error', () => {});
  client.on('close', () => done(reply));
}

server.listen(0, () => {
  raw(server.address().port, 'GET / HTTP/1.1\r\n\r\n', (reply) => {
    console.log(reply.replace(/Date: .*\r\n/, '').replace(/Content-Length: .*\r\n/, ''));
    server.close();
  });
});
