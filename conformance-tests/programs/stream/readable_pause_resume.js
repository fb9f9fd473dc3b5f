// pause() and resume() say so; data waits in the buffer meanwhile.
const { Readable } = require('stream');

const source = Readable.from(['a', 'b', 'c']);
source.on('pause', () => console.log('pause', source.isPaused()));
source.on('resume', () => console.log('resume', source.isPaused()));
source.on('data', (chunk) => {
  console.log(chunk);
  if (chunk !== 'b') return;
  source.pause();
  setImmediate(() => source.resume());
});
source.on('end', () => console.log('end'));
