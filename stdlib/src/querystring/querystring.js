'use strict';

// node:querystring: `a=1&b=2` to an object and back.
// API: https://nodejs.org/docs/latest-v24.x/api/querystring.html
// Binding `querystring`: escape, unescapeBytes.

const native = binding('querystring');

/** @param {string} text */
function qsEscape(text) {
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : `${text}`;
  const escaped = native.escape(text);
  if (escaped === undefined) throw new (require('internal/errors').codes.ERR_INVALID_URI)();
  return escaped;
}

/**
 * @param {string} text
 * @param {boolean} [decodeSpaces] whether `+` is a space
 * @returns {Buffer}
 */
function unescapeBuffer(text, decodeSpaces) {
  return native.unescapeBytes(text, Boolean(decodeSpaces));
}

function qsUnescape(text, decodeSpaces) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text, decodeSpaces).toString();
  }
}

function primitiveText(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': return `${value}`;
    case 'boolean': return value ? 'true' : 'false';
    default: return '';
  }
}

function encodePrimitive(value, encode) {
  const text = primitiveText(value);
  return text === '' ? '' : encode(text);
}

/**
 * @param {object} obj
 * @param {string} [sep]
 * @param {string} [eq]
 * @param {{ encodeURIComponent?: (text: string) => string }} [options]
 */
function stringify(obj, sep, eq, options) {
  sep = sep || '&';
  eq = eq || '=';
  if (obj === null || typeof obj !== 'object') return '';
  let encode = querystring.escape;
  if (options && typeof options.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  const keys = Object.keys(obj);
  const pairs = [];
  for (let i = 0; i < keys.length; i++) {
    const value = obj[keys[i]];
    const start = encode(primitiveText(keys[i])) + eq;
    if (Array.isArray(value)) {
      for (let j = 0; j < value.length; j++) pairs.push(start + encodePrimitive(value[j], encode));
    } else {
      pairs.push(start + encodePrimitive(value, encode));
    }
  }
  return pairs.join(sep);
}

/**
 * @param {string} qs
 * @param {string} [sep]
 * @param {string} [eq]
 * @param {{ maxKeys?: number, decodeURIComponent?: (text: string) => string }} [options]
 */
function parse(qs, sep, eq, options) {
  const obj = { __proto__: null };
  if (typeof qs !== 'string' || qs.length === 0) return obj;
  sep = sep ? `${sep}` : '&';
  eq = eq ? `${eq}` : '=';
  let left = 1000;
  if (options && typeof options.maxKeys === 'number') left = options.maxKeys > 0 ? options.maxKeys : Infinity;
  let decode = querystring.unescape;
  if (options && typeof options.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const custom = decode !== qsUnescape;
  const pairs = qs.split(sep);
  // An empty pair is none, and yet it counts.
  for (let i = 0; i < pairs.length && left > 0; i++, left--) {
    const pair = pairs[i];
    if (pair === '') continue;
    const cut = pair.indexOf(eq);
    const key = decodePart(cut === -1 ? pair : pair.slice(0, cut), decode, custom);
    const value = cut === -1 ? '' : decodePart(pair.slice(cut + eq.length), decode, custom);
    const known = obj[key];
    if (known === undefined) obj[key] = value;
    else if (Array.isArray(known)) known.push(value);
    else obj[key] = [known, value];
  }
  return obj;
}

function decodePart(text, decode, custom) {
  if (text.includes('+')) text = text.replaceAll('+', custom ? '%20' : ' ');
  if (!custom && !(text.includes('%') && (/%[\da-f]{2}/i).test(text))) return text;
  try {
    return decode(text);
  } catch {
    return qsUnescape(text, true);
  }
}

const querystring = module.exports = {
  unescapeBuffer,
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
