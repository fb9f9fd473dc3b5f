// toWeb() and fromWeb(): the same data through streams of both makes.
const { Readable, Writable } = require('stream');
const { text } = require('stream/consumers');

async function main() {
  const web = Readable.toWeb(Readable.from([Buffer.from('ab'), Buffer.from('cd')], { objectMode: false }));
  const chunks = [];
  for await (const chunk of web) chunks.push(Buffer.from(chunk).toString());
  console.log(chunks.join(''));
  console.log(await text(Readable.fromWeb(ReadableStream.from(['from ', 'the web']))));
  const sink = Writable.fromWeb(new WritableStream({ write(chunk) { console.log(Buffer.from(chunk).toString()); } }));
  sink.on('finish', () => console.log('finish'));
  sink.end('to the web');
}
main();
