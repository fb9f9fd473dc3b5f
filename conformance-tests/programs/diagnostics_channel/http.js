'use strict';
// node:http reports requests and responses on its diagnostics channels; node:net its sockets.
const dc = require('diagnostics_channel');
const http = require('http');

const names = [
  'http.client.request.start', 'http.client.request.error', 'http.client.response.finish',
  'http.server.request.start', 'http.server.response.finish', 'net.client.socket', 'net.server.socket',
];
const seen = [];
for (const name of names) dc.subscribe(name, (message) => seen.push(`${name} ${Object.keys(message).sort()}`));

const server = http.createServer((req, res) => {
  setImmediate(() => res.end('done'));
}).listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    res.resume().on('end', () => server.close(() => {
      http.get({ port: 1, agent: false }).on('error', () => console.log(seen.sort().join('\n')));
    }));
  });
});
