// A TLS server that echoes: names, protocols and certificates as both sides see them.
const tls = require('tls');
const fs = require('fs');
const key = fs.readFileSync(`${__dirname}/fixtures/key.pem`);
const cert = fs.readFileSync(`${__dirname}/fixtures/cert.pem`);
const server = tls.createServer({ key, cert, ALPNProtocols: ['one', 'two'] }, (socket) => {
  console.log('server', socket.servername, socket.alpnProtocol, socket.getProtocol());
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const client = tls.connect({ host: '127.0.0.1', port, servername: 'localhost', ca: cert, ALPNProtocols: ['two'] }, () => {
    const peer = client.getPeerCertificate();
    console.log('client', client.authorized, client.alpnProtocol, peer.subject.CN, peer.subjectaltname);
    client.end('echo this');
  });
  client.setEncoding('utf8');
  client.on('data', (text) => console.log(text));
  client.on('close', () => server.close(() => console.log('closed')));
});
