'use strict';

// internal/fetch/body: what Request and Response have for a body, and the ways to read it.
// API: https://fetch.spec.whatwg.org/#body-mixin
//
// A body is { source, stream, type, length, used }. The source is a list of parts (Uint8Array or Blob), a node stream, or
// null when it is only a ReadableStream; a ReadableStream over the source is made when a program asks for it.

const kBody = Symbol('body');

function isNodeStream(value) {
  return typeof value.pipe === 'function' && typeof value.on === 'function';
}

function newBody(source, stream, type, length) {
  return { source, stream, type, length, used: false };
}

/**
 * The body that a program's value stands for.
 */
function extract(value) {
  if (typeof value === 'string') return ofBytes(Buffer.from(value), 'text/plain;charset=UTF-8');
  if (value !== null && typeof value === 'object') {
    if (value instanceof URLSearchParams) {
      return ofBytes(Buffer.from(value.toString()), 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    if (ArrayBuffer.isView(value)) {
      return ofBytes(Buffer.from(Buffer.from(value.buffer, value.byteOffset, value.byteLength)), null);
    }
    if (require('internal/util/types').isAnyArrayBuffer(value)) return ofBytes(Buffer.from(value.slice(0)), null);
    if (require('internal/blob').isBlob(value)) return newBody([value], null, value.type || null, value.size);
    if (value instanceof require('internal/formdata').FormData) {
      const { parts, length, type } = require('internal/fetch/multipart').encode(value);
      return newBody(parts, null, type, length);
    }
    if (typeof value.getReader === 'function') {
      if (value.locked || isDisturbed(value)) throw new TypeError('Response body object should not be disturbed or locked');
      return newBody(null, value, null, null);
    }
    if (isNodeStream(value)) return newBody(value, null, null, null);
    if (typeof value[Symbol.asyncIterator] === 'function') {
      return newBody(require('stream').Readable.from(value, { objectMode: false }), null, null, null);
    }
  }
  return ofBytes(Buffer.from(`${value}`), 'text/plain;charset=UTF-8');
}

function ofBytes(bytes, type) {
  return newBody([bytes], null, type, bytes.byteLength);
}

function isDisturbed(stream) {
  const { isDisturbed: check } = require('stream');
  return check !== undefined && Boolean(check(stream));
}

function isUsed(body) {
  return body.used || (body.stream !== null && isDisturbed(body.stream));
}

/** The body as a ReadableStream. */
function streamOf(body) {
  if (body.stream === null) {
    const { source } = body;
    const { ReadableStream } = require('stream/web');
    const iterator = Array.isArray(source) ? chunksOf(source) : source[Symbol.asyncIterator]();
    body.stream = new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) {
          controller.close();
          if (controller.byobRequest) controller.byobRequest.respond(0);
          return;
        }
        if (value.byteLength > 0) controller.enqueue(new Uint8Array(value));
      },
      async cancel(reason) {
        if (!Array.isArray(source)) source.destroy(reason instanceof Error ? reason : undefined);
      },
    }, { highWaterMark: 0 });
  }
  return body.stream;
}

async function* chunksOf(parts) {
  for (let i = 0; i < parts.length; i++) {
    yield parts[i] instanceof Uint8Array ? parts[i] : new Uint8Array(await parts[i].arrayBuffer());
  }
}

// The chunks of a body, however it is stored; for sending it.
async function* chunks(body) {
  body.used = true;
  if (body.stream !== null) {
    for await (const chunk of body.stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      yield chunk;
    }
  } else if (Array.isArray(body.source)) {
    yield* chunksOf(body.source);
  } else {
    yield* body.source;
  }
}

/** All bytes of a body. */
async function collect(body) {
  const list = [];
  if (body.stream === null && Array.isArray(body.source) && body.source.length === 1 &&
      body.source[0] instanceof Uint8Array) {
    body.used = true;
    return body.source[0];
  }
  if (body.stream === null && !Array.isArray(body.source)) return collectStream(body);
  for await (const chunk of chunks(body)) list.push(chunk);
  return Buffer.concat(list);
}

// FAST PATH: a node stream's events, without an iterator.
function collectStream(body) {
  body.used = true;
  return new Promise((resolve, reject) => {
    const list = [];
    const { source } = body;
    source.on('data', (chunk) => { list.push(chunk); });
    require('stream').finished(source, { writable: false }, (err) => {
      if (err) reject(err.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new TypeError('terminated', { cause: err }) : err);
      else resolve(list.length === 1 ? list[0] : Buffer.concat(list));
    });
  });
}

async function read(object) {
  const body = object[kBody];
  if (body === null) return Buffer.alloc(0);
  if (body === undefined) throw new TypeError('Illegal invocation');
  if (isUsed(body) || (body.stream !== null && body.stream.locked)) {
    throw new TypeError('Body is unusable: Body has already been read');
  }
  return collect(body);
}

/** Puts body, bodyUsed and the methods that read on a class. */
function mixin(Class) {
  const methods = {
    async arrayBuffer() {
      const bytes = await read(this);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    },
    async blob() {
      const bytes = await read(this);
      const { Blob } = require('internal/blob');
      return new Blob([bytes], { type: this.headers.get('content-type') || '' });
    },
    async bytes() {
      const bytes = await read(this);
      return new Uint8Array(bytes);
    },
    async formData() {
      const type = this.headers.get('content-type');
      return require('internal/fetch/multipart').decode(await read(this), type);
    },
    async json() {
      return JSON.parse(toText(await read(this)));
    },
    async text() {
      return toText(await read(this));
    },
  };
  for (const name of Object.keys(methods)) {
    Object.defineProperty(Class.prototype, name, {
      __proto__: null, configurable: true, enumerable: true, writable: true, value: methods[name],
    });
  }
  Object.defineProperties(Class.prototype, {
    body: {
      __proto__: null, configurable: true, enumerable: true,
      get() { return this[kBody] === null ? null : streamOf(this[kBody]); },
    },
    bodyUsed: {
      __proto__: null, configurable: true, enumerable: true,
      get() { return this[kBody] !== null && isUsed(this[kBody]); },
    },
  });
}

// UTF-8 without its byte order mark.
function toText(bytes) {
  const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start).toString('utf8');
}

/** A second body with the same bytes. */
function cloneBody(body) {
  if (body === null) return null;
  if (Array.isArray(body.source) && body.stream === null) return newBody(body.source, null, body.type, body.length);
  const [mine, other] = streamOf(body).tee();
  body.stream = mine;
  body.source = null;
  return newBody(null, other, body.type, body.length);
}

module.exports = { kBody, extract, newBody, mixin, isUsed, chunks, cloneBody };
