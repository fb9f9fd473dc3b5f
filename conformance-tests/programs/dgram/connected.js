// A connected socket sends without an address, and refuses one.
const dgram = require('dgram');

const server = dgram.createSocket('udp4');
server.on('message', (message) => {
  console.log(String(message));
  server.close();
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  client.connect(server.address().port, '127.0.0.1', () => {
    try {
      client.send('x', 0, 1, 1234, '127.0.0.1');
    } catch (error) {
      console.log(error.code);
    }
    client.send(Buffer.from('-cut-'), 1, 3, () => client.close());
  });
});
