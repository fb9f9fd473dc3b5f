// A readable flows once somebody listens for data; end and close come last.
const { Readable } = require('stream');

const source = new Readable({ read() {} });
console.log('flowing', source.readableFlowing);
source.on('data', (chunk) => console.log('data', chunk.toString()));
console.log('flowing', source.readableFlowing);
source.on('end', () => console.log('end'));
source.on('close', () => console.log('close', source.destroyed, source.readableEnded));
source.push('one');
source.push('two');
source.push(null);
process.nextTick(() => console.log('tick'));
setImmediate(() => console.log('immediate'));
console.log('sync over');
