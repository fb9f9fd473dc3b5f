// What a Response holds, read in each way, once.
async function main() {
  console.log(await new Response('text').text(), new Response('text').headers.get('content-type'));
  console.log(await new Response('{"a":[1]}').json(), await Response.json({ b: 2 }).text());
  console.log(Buffer.from(await new Response(new Uint8Array([1, 2])).arrayBuffer()));
  console.log((await new Response(new Blob(['abc'], { type: 'x/y' })).blob()).type);
  console.log(await new Response(new URLSearchParams({ q: 'a b' })).text());
  const form = new FormData();
  form.append('name', 'value');
  form.append('file', new Blob(['content']), 'f.txt');
  const back = await new Response(form).formData();
  console.log(back.get('name'), back.get('file').name, await back.get('file').text());
  const once = new Response('once');
  const copy = once.clone();
  console.log(once.bodyUsed, await once.text(), once.bodyUsed, await copy.text());
  await once.text().catch((err) => console.log(err.name));
  let n = 0;
  for await (const chunk of new Response('stream me').body) n += chunk.length;
  console.log(n, new Response(null).body, new Response('', { status: 404 }).ok, Response.error().type);
}
main();
