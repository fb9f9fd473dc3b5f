'use strict';

// internal/webstreams/encoding: TextEncoderStream and TextDecoderStream.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#class-textencoderstream
// Spec: https://encoding.spec.whatwg.org/#interface-textdecoderstream

const { check, finishClass, inspectAs, kState } = require('internal/webstreams/util');
const { TransformStream } = require('internal/webstreams/transformstream');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

class TextEncoderStream {
  constructor() {
    const encoder = new TextEncoder();
    // A first half of a surrogate pair, whose second half may begin the next chunk.
    let pending = '';
    const transform = new TransformStream({
      transform(chunk, controller) {
        let text = pending + chunk;
        pending = '';
        const last = text.length === 0 ? 0 : text.charCodeAt(text.length - 1);
        if (last >= 0xD800 && last <= 0xDBFF) {
          pending = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      flush(controller) {
        if (pending !== '') controller.enqueue(encoder.encode(pending));
      },
    });
    this[kState] = { kind: 'TextEncoderStream', encoder, transform };
  }

  get encoding() { return check('TextEncoderStream', this).encoder.encoding; }
  get readable() { return check('TextEncoderStream', this).transform.readable; }
  get writable() { return check('TextEncoderStream', this).transform.writable; }

  [customInspect](depth, options) {
    const { encoding, readable, writable } = this;
    return inspectAs('TextEncoderStream', { encoding, readable, writable }, depth, options);
  }
}
finishClass(TextEncoderStream, ['encoding', 'readable', 'writable']);

class TextDecoderStream {
  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    const transform = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
    this[kState] = { kind: 'TextDecoderStream', decoder, transform };
  }

  get encoding() { return check('TextDecoderStream', this).decoder.encoding; }
  get fatal() { return check('TextDecoderStream', this).decoder.fatal; }
  get ignoreBOM() { return check('TextDecoderStream', this).decoder.ignoreBOM; }
  get readable() { return check('TextDecoderStream', this).transform.readable; }
  get writable() { return check('TextDecoderStream', this).transform.writable; }

  [customInspect](depth, options) {
    const { encoding, fatal, ignoreBOM, readable, writable } = this;
    return inspectAs('TextDecoderStream', { encoding, fatal, ignoreBOM, readable, writable }, depth, options);
  }
}
finishClass(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable']);

module.exports = { TextDecoderStream, TextEncoderStream };
