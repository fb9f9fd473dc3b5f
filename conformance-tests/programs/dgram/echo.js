// A datagram goes to a bound socket and comes back; both callbacks of send() tell the bytes that went out.
const dgram = require('dgram');

const server = dgram.createSocket('udp4', (message, from) => {
  console.log('server', String(message), from.family, from.size);
  server.send(['you said ', message], from.port, from.address);
});
const client = dgram.createSocket('udp4', (message) => {
  console.log('client', String(message));
  client.close(() => console.log('client closed'));
  server.close(() => console.log('server closed'));
});
server.bind(0, '127.0.0.1', () => {
  client.send('hello', server.address().port, '127.0.0.1', (error, bytes) => console.log('sent', error, bytes));
});
