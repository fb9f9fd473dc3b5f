// A byte stream fills the buffer that its reader brings, and takes it away meanwhile.
async function main() {
  let next = 1;
  const stream = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { view } = controller.byobRequest;
      view[0] = next++;
      view[1] = next++;
      controller.byobRequest.respond(2);
      if (next > 4) controller.close();
    },
  });
  const reader = stream.getReader({ mode: 'byob' });
  const mine = new Uint8Array(4);
  const first = await reader.read(mine);
  console.log(first.done, [...first.value], mine.byteLength);
  console.log([...(await reader.read(new Uint8Array(2))).value]);
  const { done, value } = await reader.read(new Uint8Array(2));
  console.log(done, value.byteLength);
}
main();
