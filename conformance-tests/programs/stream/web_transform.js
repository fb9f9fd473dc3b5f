// Web streams: a pipe through a transform, with text encoded and decoded on the way.
async function main() {
  const upper = new TransformStream({
    transform(chunk, controller) { controller.enqueue(chunk.toUpperCase()); },
    flush(controller) { controller.enqueue('!'); },
  });
  const source = new ReadableStream({
    start(controller) {
      controller.enqueue('héllo ');
      controller.enqueue('wörld');
      controller.close();
    },
  });
  const result = source.pipeThrough(upper).pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream());
  for await (const chunk of result) console.log(chunk);
  console.log(source.locked);
}
main();
