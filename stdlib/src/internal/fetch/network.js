'use strict';

// internal/fetch/network: fetch() itself: requests over http and https, redirects, decompression, data: and blob: URLs.
// API: https://fetch.spec.whatwg.org/#fetch-method
//
// There is no CORS and no cookie jar, as in Node. A failure is a TypeError 'fetch failed' with the reason as its cause.

const { Headers, fromRaw, toObject } = require('internal/fetch/headers');
const { kBody, newBody, extract, chunks, isUsed } = require('internal/fetch/body');
const { Request, fromParts, kState, NULL_BODY, REDIRECTS } = require('internal/fetch/message');

const MAX_REDIRECTS = 20;

function failed(cause) {
  return new TypeError('fetch failed', { cause });
}

/**
 * @param {string|URL|Request} input
 * @param {object} [init]
 * @returns {Promise<Response>}
 */
async function fetch(input, init = undefined) {
  if (arguments.length === 0) throw new TypeError('fetch: 1 argument required, but only 0 present.');
  const request = new Request(input, init);
  const { signal } = request;
  if (signal.aborted) throw signal.reason;
  const job = {
    request, signal, url: request[kState].url, method: request.method, headers: new Headers(request.headers),
    body: request[kBody], redirects: 0,
  };
  return run(job);
}

async function run(job) {
  for (;;) {
    const { protocol } = job.url;
    if (protocol === 'data:') return dataResponse(job.url);
    if (protocol === 'blob:') return blobResponse(job.url);
    if (protocol !== 'http:' && protocol !== 'https:') throw failed(new Error('unknown scheme'));
    const message = await send(job);
    const { redirect } = job.request;
    const location = message.headers.location;
    if (!REDIRECTS.includes(message.statusCode) || location === undefined || redirect === 'manual') {
      return toResponse(job, message);
    }
    message.resume();
    if (redirect === 'error') throw failed(new Error('unexpected redirect'));
    follow(job, message.statusCode, location);
  }
}

// https://fetch.spec.whatwg.org/#http-redirect-fetch
function follow(job, status, location) {
  let target;
  try {
    target = new URL(location, job.url);
  } catch (err) {
    throw failed(err);
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw failed(new Error('URL scheme must be a HTTP(S) scheme'));
  if (++job.redirects > MAX_REDIRECTS) throw failed(new Error('redirect count exceeded'));
  if (target.hash === '') target.hash = job.url.hash;
  const dropsBody = ((status === 301 || status === 302) && job.method === 'POST') ||
    (status === 303 && job.method !== 'GET' && job.method !== 'HEAD');
  if (dropsBody) {
    job.method = 'GET';
    job.body = null;
    for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) {
      job.headers.delete(name);
    }
  } else if (job.body !== null && !Array.isArray(job.body.source)) {
    throw failed(new Error('a body that was sent can not be sent again'));
  }
  if (target.origin !== job.url.origin) {
    for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) job.headers.delete(name);
  }
  job.url = target;
}

function requestHeaders(job) {
  const { headers, body, method } = job;
  const all = toObject(headers);
  if (!headers.has('accept')) all.accept = '*/*';
  if (!headers.has('accept-language')) all['accept-language'] = '*';
  if (!headers.has('sec-fetch-mode')) all['sec-fetch-mode'] = job.request.mode;
  if (!headers.has('user-agent')) all['user-agent'] = 'node';
  if (!headers.has('accept-encoding')) all['accept-encoding'] = job.url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate';
  if (body !== null && body.length !== null) all['content-length'] = String(body.length);
  else if (body === null && (method === 'POST' || method === 'PUT' || method === 'PATCH')) all['content-length'] = '0';
  return all;
}

// Sends the request; gives the message that answers it.
function send(job) {
  return new Promise((resolve, reject) => {
    const { url, signal } = job;
    const client = require(url.protocol === 'https:' ? 'https' : 'http');
    let req;
    const onAbort = () => {
      if (req) req.destroy();
      if (job.output) job.output.destroy(signal.reason);
      reject(signal.reason);
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    try {
      req = client.request(url, { method: job.method, headers: requestHeaders(job) });
    } catch (err) {
      reject(failed(err));
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    req.on('error', (err) => reject(signal.aborted ? signal.reason : failed(err)));
    req.on('response', resolve);
    if (job.body === null) req.end();
    else sendBody(job, req, reject);
  });
}

async function sendBody(job, req, reject) {
  const { body } = job;
  try {
    if (isUsed(body) && !Array.isArray(body.source)) throw new TypeError('Response body object should not be disturbed or locked');
    for await (const chunk of chunks(body)) {
      if (req.destroyed) return;
      if (!req.write(chunk)) await drained(req);
    }
    req.end();
  } catch (err) {
    req.destroy();
    reject(failed(err));
  }
}

function drained(req) {
  return new Promise((resolve) => {
    const done = () => {
      req.removeListener('drain', done);
      req.removeListener('close', done);
      resolve();
    };
    req.on('drain', done);
    req.on('close', done);
  });
}

function toResponse(job, message) {
  const { statusCode, statusMessage, rawHeaders } = message;
  let body = null;
  if (!NULL_BODY.includes(statusCode) && job.method !== 'HEAD') {
    job.output = decoded(message);
    // Nobody may read it: its failure is then nobody's.
    job.output.on('error', () => {});
    body = newBody(job.output, null, null, null);
  } else {
    message.resume();
  }
  return fromParts({
    type: 'basic', url: withoutHash(job.url), redirected: job.redirects > 0, status: statusCode,
    statusText: statusMessage || '', headers: fromRaw(rawHeaders),
  }, body);
}

function withoutHash(url) {
  const { href, hash } = url;
  return hash === '' ? href : href.slice(0, -hash.length);
}

// The message behind its Content-Encodings, last one first.
function decoded(message) {
  const codings = (message.headers['content-encoding'] || '').toLowerCase().split(',').map((coding) => coding.trim());
  let stream = message;
  for (let i = codings.length - 1; i >= 0; i--) {
    const decoder = newDecoder(codings[i]);
    if (decoder === null) break;
    stream = require('stream').pipeline(stream, decoder, () => {});
  }
  return stream;
}

function newDecoder(coding) {
  const zlib = require('zlib');
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
  if (coding === 'gzip' || coding === 'x-gzip') return zlib.createGunzip({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH });
  if (coding === 'deflate') return zlib.createInflate({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH });
  if (coding === 'br') {
    return zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH });
  }
  return null;
}

function localResponse(url, bytes, type) {
  const headers = fromRaw(['Content-Type', type]);
  return fromParts({ type: 'basic', url: url.href, redirected: false, status: 200, statusText: 'OK', headers }, extract(bytes));
}

// https://fetch.spec.whatwg.org/#data-url-processor
function dataResponse(url) {
  const text = withoutHash(url).slice('data:'.length);
  const comma = text.indexOf(',');
  if (comma === -1) throw failed(new Error('invalid data: URL'));
  let type = text.slice(0, comma).trim();
  let bytes = unescapeBytes(text.slice(comma + 1));
  const base64 = /; *base64$/i.exec(type);
  if (base64 !== null) {
    type = type.slice(0, base64.index);
    bytes = Buffer.from(bytes.latin1Slice(), 'base64');
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  return localResponse(url, bytes, /^[^/\s]+\/[^/\s]+/.test(type) ? type : 'text/plain;charset=US-ASCII');
}

function unescapeBytes(text) {
  const binary = Buffer.from(text).latin1Slice();
  return Buffer.from(binary.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}

function blobResponse(url) {
  const blob = require('internal/blob').resolveObjectURL(url.href);
  if (blob === undefined) throw failed(new Error('invalid blob: URL'));
  const headers = fromRaw(['Content-Length', String(blob.size), 'Content-Type', blob.type]);
  return fromParts({ type: 'basic', url: url.href, redirected: false, status: 200, statusText: 'OK', headers }, extract(blob));
}

module.exports = { fetch };
