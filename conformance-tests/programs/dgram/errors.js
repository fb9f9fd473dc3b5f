// Wrong arguments and calls out of turn throw Node's errors.
const dgram = require('dgram');

function code(run) {
  try {
    run();
    return 'nothing thrown';
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
}
console.log(code(() => dgram.createSocket('tcp')));
const socket = dgram.createSocket('udp4');
console.log(code(() => socket.address()));
console.log(code(() => socket.send(1, 2)));
console.log(code(() => socket.send('x', 0)));
console.log(code(() => socket.setTTL('far')));
console.log(code(() => socket.disconnect()));
console.log(code(() => socket.addMembership('256.256.256.256')));
socket.close(() => console.log(code(() => socket.close())));
