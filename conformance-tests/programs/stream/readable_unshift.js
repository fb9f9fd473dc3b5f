// unshift() puts bytes back to the front.
const { Readable } = require('stream');

const source = new Readable({ read() {} });
source.push('body');
source.unshift('head ');
console.log(String(source.read()));
source.push('late');
source.push(null);
source.on('readable', () => {
  let chunk;
  while ((chunk = source.read()) !== null) console.log(String(chunk));
});
source.on('end', () => {
  source.once('error', (error) => console.log(error.code));
  source.unshift('too late');
});
