'use strict';
// A request that is destroyed while its response arrives hears no more data, and the response fails as cut short.
const http = require('http');

http.createServer((req, res) => {
  res.write('a');
}).listen(0, function() {
  const req = http.get({ port: this.address().port }, (res) => {
    res.on('data', () => {
      console.log('data');
      req.destroy(new Error('enough'));
      console.log(res.listenerCount('data'));
    });
    res.on('error', (error) => console.log('response', error.code, error.message));
    res.on('close', () => {
      this.closeAllConnections();
      this.close();
    });
  });
  req.on('error', (error) => console.log('request', error.message));
});
