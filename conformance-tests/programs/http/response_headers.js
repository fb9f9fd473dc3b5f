'use strict';

// setHeader, appendHeader, getHeader, removeHeader, and writeHead over them.

const http = require('http');
const server = http.createServer((req, res) => {
  res.setHeader('X-One', 1).setHeader('X-Two', ['a', 'b']);
  res.appendHeader('x-two', 'c');
  res.setHeader('X-Gone', 'y');
  res.removeHeader('x-gone');
  console.log(res.getHeader('X-TWO'), res.hasHeader('x-gone'), res.getHeaderNames());
  res.writeHead(201, 'Made', { 'x-one': 'other' });
  console.log(res.headersSent);
  try {
    res.setHeader('X-Late', 'z');
  } catch (err) {
    console.log(err.code);
  }
  res.end();
}).listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    console.log(res.statusCode, res.statusMessage, res.headers['x-one'], res.headers['x-two']);
    res.resume().on('end', () => server.close());
  });
});
