// setEncoding() holds back a character's first bytes until the rest comes.
const { Readable } = require('stream');

const source = new Readable({ read() {} });
source.setEncoding('utf8');
source.on('data', (chunk) => console.log(JSON.stringify(chunk)));
source.on('end', () => console.log('end', source.readableEncoding));
const euro = Buffer.from('€');
source.push(euro.subarray(0, 1));
source.push(euro.subarray(1));
source.push('x');
source.push(null);
