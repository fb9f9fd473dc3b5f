// By hand: 'readable' tells that there is something, read(n) takes just that much.
const { Readable } = require('stream');

const source = new Readable({ read() {} });
source.push('abcdef');
source.push('gh');
source.push(null);
source.once('readable', () => {
  console.log(source.readableLength);
  console.log(String(source.read(3)), String(source.read(4)));
  // More than there is, at the end: all of it.
  console.log(String(source.read(10)));
  console.log(source.read());
});
source.on('end', () => console.log('end'));
