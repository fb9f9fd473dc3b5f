'use strict';

// 102 and 103 responses come before the real one.

const http = require('http');
const server = http.createServer((req, res) => {
  res.writeProcessing();
  res.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' });
  res.end('real');
}).listen(0, () => {
  const req = http.get({ port: server.address().port, agent: false });
  req.on('information', (info) => console.log(info.statusCode, info.statusMessage, info.headers.link));
  req.on('response', (res) => {
    console.log(res.statusCode);
    res.resume().on('end', () => server.close());
  });
});
