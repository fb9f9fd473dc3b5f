'use strict';

// node:stream/consumers: everything a stream has, as one value. They take any async iterable.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html#utility-consumers

const { Buffer } = require('buffer');

/** @returns {Promise<Blob>} */
async function blob(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new (require('buffer').Blob)(chunks);
}

/** @returns {Promise<ArrayBuffer>} */
async function arrayBuffer(stream) {
  return (await blob(stream)).arrayBuffer();
}

/** @returns {Promise<Buffer>} */
async function buffer(stream) {
  return Buffer.from(await arrayBuffer(stream));
}

/** @returns {Promise<Uint8Array>} */
async function bytes(stream) {
  return new Uint8Array(await arrayBuffer(stream));
}

/** @returns {Promise<string>} bytes are decoded as UTF-8 */
async function text(stream) {
  const decoder = new TextDecoder();
  let result = '';
  for await (const chunk of stream) {
    if (typeof chunk === 'string') result += chunk;
    else result += decoder.decode(chunk, { stream: true });
  }
  return result + decoder.decode();
}

/** @returns {Promise<any>} */
async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, bytes, json, text };
