// The Web Crypto API: digests, HMAC keys, random values.
const { subtle } = globalThis.crypto;
const hex = (buffer) => Buffer.from(buffer).toString('hex');
async function main() {
  console.log(hex(await subtle.digest('SHA-256', Buffer.from('abc'))));
  const key = await subtle.importKey('raw', Buffer.from('key'), { name: 'HMAC', hash: 'SHA-1' }, true, ['sign', 'verify']);
  const code = await subtle.sign('HMAC', key, Buffer.from('data'));
  console.log(hex(code), await subtle.verify('HMAC', key, code, Buffer.from('data')));
  console.log(key.type, key.algorithm.name, key.algorithm.length, hex(await subtle.exportKey('raw', key)));
  console.log(crypto.getRandomValues(new Uint8Array(4)).length);
  await subtle.digest('MD5', Buffer.from('')).catch((err) => console.log(err.name));
}
main();
