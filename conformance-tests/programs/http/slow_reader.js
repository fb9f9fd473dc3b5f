// A client that reads slowly gets every byte of a chunked response: what waits in the parser stays in order.
const http = require('http');
const server = http.createServer((req, res) => {
  for (let i = 0; i < 50; i++) res.write(Buffer.alloc(20000, i));
  res.end();
}).listen(0, () => {
  http.get({ port: server.address().port }, (res) => {
    let n = 0;
    let inOrder = true;
    res.on('data', (chunk) => {
      for (let i = 0; i < chunk.length; i += 997) inOrder &&= chunk[i] === Math.floor((n + i) / 20000);
      n += chunk.length;
      res.pause();
      setTimeout(() => res.resume(), 1);
    });
    res.on('end', () => {
      console.log(n, inOrder);
      server.close();
    });
  });
});
