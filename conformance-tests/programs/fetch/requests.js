// fetch over HTTP: methods, bodies, redirects, compression, failure and abort.
const http = require('http');
const zlib = require('zlib');
const server = http.createServer((req, res) => {
  if (req.url === '/moved') return res.writeHead(302, { location: '/echo' }).end();
  if (req.url === '/gzip') return res.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync('unpacked'));
  if (req.url === '/never') return undefined;
  let body = '';
  req.setEncoding('utf8').on('data', (text) => { body += text; });
  req.on('end', () => res.end(JSON.stringify([req.method, req.url, req.headers['content-type'], body])));
  return undefined;
});
server.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  console.log(await (await fetch(`${base}/a?b=c`)).json());
  console.log(await (await fetch(`${base}/post`, { method: 'post', body: 'text' })).json());
  const moved = await fetch(`${base}/moved`, { method: 'POST', body: 'x' });
  console.log(moved.redirected, moved.url === `${base}/echo`, await moved.json());
  console.log((await fetch(`${base}/moved`, { redirect: 'manual' })).status);
  console.log(await (await fetch(`${base}/gzip`)).text());
  await fetch(`${base}/never`, { signal: AbortSignal.timeout(50) }).catch((err) => console.log(err.name));
  await fetch('http://127.0.0.1:1/').catch((err) => console.log(err.name, err.message));
  console.log(await (await fetch('data:text/plain;base64,aGk=')).text());
  server.closeAllConnections();
  server.close(() => console.log('closed'));
});
