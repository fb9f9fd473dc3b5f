// A server with a self-signed certificate, and clients that trust it, don't care, or refuse.
const https = require('https');
const fs = require('fs');
const key = fs.readFileSync(`${__dirname}/fixtures/key.pem`);
const cert = fs.readFileSync(`${__dirname}/fixtures/cert.pem`);
const server = https.createServer({ key, cert }, (req, res) => {
  let body = '';
  req.on('data', (chunk) => { body += chunk; }).on('end', () => res.end(`${req.method} ${req.url} ${req.socket.encrypted} ${body.length}`));
});
function ask(options, body) {
  return new Promise((resolve) => {
    const req = https.request({ host: 'localhost', family: 4, port: server.address().port, agent: false, ...options }, (res) => {
      const { authorized, authorizationError } = res.socket;
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', () => resolve([res.statusCode, text, authorized, authorizationError]));
    });
    req.on('error', (err) => resolve([err.code, err.message]));
    req.end(body);
  });
}
server.listen(0, '127.0.0.1', async () => {
  console.log(await ask({ ca: cert, path: '/trusted' }));
  console.log(await ask({ ca: cert, method: 'POST' }, 'x'.repeat(300000)));
  console.log(await ask({ rejectUnauthorized: false }));
  console.log(await ask({}));
  console.log(await ask({ ca: cert, servername: 'other.test' }));
  server.close(() => console.log('closed'));
});
