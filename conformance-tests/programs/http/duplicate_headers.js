'use strict';

// What repeated headers become.

const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => {
  console.log(req.headers);
  console.log(req.headersDistinct['x-a'], req.headersDistinct.host);
  console.log(req.rawHeaders.join('|'));
  res.setHeader('Connection', 'close');
  res.end();
});

function raw(port, text, done) {
  const client = net.connect(port, '127.0.0.1', () => client.write(text));
  let reply = '';
  client.setEncoding('latin1');
  client.on('data', (chunk) => { reply += chunk; });
  client.on('error', () => {});
  client.on('close', () => done(reply));
}

server.listen(0, () => {
  const lines = ['Host: a', 'Host: b', 'X-A: 1', 'x-a: 2', 'Cookie: c=1', 'Cookie: d=2', 'Set-Cookie: e', 'Set-Cookie: f',
                 'User-Agent: g', 'User-Agent: h'];
  raw(server.address().port, `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, () => server.close());
});
