// A hash is a stream: what is piped into it comes out as one digest.
const crypto = require('crypto');
const { Readable } = require('stream');
Readable.from(['some ', 'text']).pipe(crypto.createHash('sha256')).setEncoding('hex').on('data', console.log);
const hmac = crypto.createHmac('sha1', 'key');
hmac.on('readable', () => {
  const code = hmac.read();
  if (code) console.log(code.toString('hex'));
});
hmac.end('data');
