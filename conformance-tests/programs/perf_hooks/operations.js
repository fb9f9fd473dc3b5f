'use strict';
// A PerformanceObserver hears of connections and of HTTP requests, on both sides.
const http = require('http');
const { PerformanceObserver } = require('perf_hooks');

const seen = [];
const observer = new PerformanceObserver((list) => {
  for (const { entryType, name, startTime, duration, detail } of list.getEntries()) {
    seen.push([entryType, name, startTime > 0 && duration >= 0, Object.keys(detail), detail.res?.statusCode, detail.req?.method]);
  }
});
observer.observe({ entryTypes: ['http', 'net'] });
const server = http.createServer((req, res) => {
  res.statusCode = 201;
  res.end('x');
}).listen(0, () => {
  http.get({ host: '127.0.0.1', port: server.address().port, agent: false }, (res) => {
    res.resume().on('end', () => server.close(() => setImmediate(() => {
      observer.disconnect();
      console.log(seen.sort());
    })));
  });
});
