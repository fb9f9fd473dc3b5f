'use strict';
// With the option onread a socket that is paused in the callback gets the rest of what was read when it goes on.
const net = require('net');

const server = net.createServer((socket) => socket.end('abcdefghijkl')).listen(0, () => {
  let isPaused = false;
  const parts = [];
  net.connect({
    port: server.address().port,
    onread: {
      buffer: Buffer.alloc(5),
      callback(n, buffer) {
        parts.push(`${isPaused} ${buffer.toString('utf8', 0, n)}`);
        isPaused = true;
        this.pause();
        setImmediate(() => {
          isPaused = false;
          this.resume();
        });
      },
    },
  }).on('end', () => {
    console.log(parts);
    server.close();
  });
});
