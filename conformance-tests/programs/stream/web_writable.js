// A Web writable: backpressure through ready and desiredSize, writes one after the other, an abort reason for all.
async function main() {
  const stream = new WritableStream({
    async write(chunk) { console.log('write', chunk); },
    close() { console.log('close'); },
    abort(reason) { console.log('abort', reason); },
  }, { highWaterMark: 2 });
  const writer = stream.getWriter();
  console.log(writer.desiredSize);
  writer.write('a');
  writer.write('b');
  console.log(writer.desiredSize);
  await writer.ready;
  await writer.close();
  const other = new WritableStream({ abort(reason) { console.log('abort', reason); } }).getWriter();
  await other.abort('enough');
  await other.write('x').catch((reason) => console.log('rejected', reason));
}
main();
