'use strict';

// internal/fetch/multipart: FormData as multipart/form-data and back.
// Sources: RFC 7578, https://html.spec.whatwg.org/#multipart-form-data, https://fetch.spec.whatwg.org/#dom-body-formdata

const CRLF = '\r\n';

function escapeName(name) {
  return name.replace(/\r\n?|\n/g, CRLF).replace(/[\r\n"]/g, (char) => ({ '\n': '%0A', '\r': '%0D', '"': '%22' })[char]);
}

/**
 * @param {FormData} form
 * @returns {{parts: Array<Uint8Array|Blob>, length: number, type: string}}
 */
function encode(form) {
  const random = binding('crypto').randomFill(Buffer.alloc(12)).toString('hex');
  const boundary = `----formdata-${random}`;
  const parts = [];
  let length = 0;
  const add = (part) => {
    parts.push(part);
    length += part.byteLength === undefined ? part.size : part.byteLength;
  };
  for (const [name, value] of form) {
    const head = `--${boundary}${CRLF}Content-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === 'string') {
      add(Buffer.from(`${head}${CRLF}${CRLF}${value.replace(/\r\n?|\n/g, CRLF)}${CRLF}`));
    } else {
      const type = value.type || 'application/octet-stream';
      add(Buffer.from(`${head}; filename="${escapeName(value.name)}"${CRLF}Content-Type: ${type}${CRLF}${CRLF}`));
      add(value);
      add(Buffer.from(CRLF));
    }
  }
  add(Buffer.from(`--${boundary}--${CRLF}`));
  return { parts, length, type: `multipart/form-data; boundary=${boundary}` };
}

function parameter(header, name) {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header);
  if (match === null) return undefined;
  return match[1] === undefined ? match[2] : match[1].replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');
}

function failure() {
  return new TypeError('Failed to parse body as FormData.');
}

/**
 * @param {Uint8Array} bytes
 * @param {string|null} type the Content-Type
 * @returns {FormData}
 */
function decode(bytes, type) {
  const { FormData } = require('internal/formdata');
  const form = new FormData();
  bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const essence = (type || '').split(';', 1)[0].trim().toLowerCase();
  if (essence === 'application/x-www-form-urlencoded') {
    for (const [name, value] of new URLSearchParams(bytes.toString())) form.append(name, value);
    return form;
  }
  const boundary = essence === 'multipart/form-data' ? parameter(type, 'boundary') : undefined;
  if (boundary === undefined) {
    throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
  }
  const mark = Buffer.from(`--${boundary}`);
  let at = bytes.indexOf(mark);
  if (at === -1) throw failure();
  at += mark.length;
  for (;;) {
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return form;
    const headEnd = bytes.indexOf('\r\n\r\n', at);
    const end = headEnd === -1 ? -1 : bytes.indexOf(`${CRLF}--${boundary}`, headEnd + 2);
    if (end === -1) throw failure();
    addPart(form, bytes.toString('utf8', at, headEnd), bytes.subarray(headEnd + 4, end));
    at = end + 2 + mark.length;
  }
}

function addPart(form, head, content) {
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(head);
  const name = disposition === null ? undefined : parameter(disposition[1], 'name');
  if (name === undefined) throw failure();
  const filename = parameter(disposition[1], 'filename');
  if (filename === undefined) {
    form.append(name, content.toString());
    return;
  }
  const type = /^content-type:\s*(.*?)\s*$/im.exec(head);
  const { File } = require('internal/blob');
  form.append(name, new File([content], filename, { type: type === null ? 'text/plain' : type[1] }));
}

module.exports = { encode, decode };
