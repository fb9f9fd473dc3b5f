'use strict';
// util.styleText(): text between escape codes for colours and modifiers.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilstyletextformat-text-options
// Binding: none.

const { validateString, validateBoolean, validateOneOf } = require('internal/validators');
const { inspect } = require('internal/util/inspect');

function styleText(format, text, options) {
  validateString(text, 'text');
  const validateStream = options?.validateStream ?? true;
  validateBoolean(validateStream, 'options.validateStream');
  let colorful = true;
  if (validateStream) {
    const stream = options?.stream ?? process.stdout;
    if (!isStream(stream)) {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    colorful = shouldColorize(stream);
  }
  const formats = Array.isArray(format) ? format : [format];
  let open = '';
  let close = '';
  let body = text;
  // Applied from the inside out, so that each level repairs what the inner ones switched off.
  for (let i = formats.length - 1; i >= 0; i--) {
    const name = formats[i];
    if (name === 'none') continue;
    const codes = typeof name === 'string' ? inspect.colors[name] : undefined;
    if (codes === undefined) validateOneOf(name, 'format', ['none', ...Object.keys(inspect.colors)]);
    if (!colorful) continue;
    body = reopen(body, codes);
    open = `\u001b[${codes[0]}m${open}`;
    close += `\u001b[${codes[1]}m`;
  }
  return open + body + close;
}

// An inner style that ends within `text` would end ours too.
function reopen(text, [on, off]) {
  const end = `\u001b[${off}m`;
  if (!text.includes(end)) return text;
  const start = `\u001b[${on}m`;
  // Bold and dim end with the same code but don't exclude each other: both must be ended first.
  const replacement = off === 22 ? end + start : start;
  const tail = text.endsWith(end) ? end : '';
  return text.slice(0, text.length - tail.length).replaceAll(end, replacement) + tail;
}

function isStream(stream) {
  return stream !== null && typeof stream === 'object' &&
    (typeof stream.write === 'function' || typeof stream.pipe === 'function' ||
     typeof stream.getReader === 'function' || typeof stream.getWriter === 'function');
}

/**
 * @param {{ isTTY?: boolean, getColorDepth?: () => number }} stream
 * @returns {boolean} FORCE_COLOR decides if it is set, else the terminal
 */
function shouldColorize(stream) {
  if (process.env.FORCE_COLOR !== undefined) {
    return require('internal/tty_colors').getColorDepth() > 2;
  }
  return Boolean(stream?.isTTY) && (typeof stream.getColorDepth !== 'function' || stream.getColorDepth() > 2);
}

module.exports = { styleText, shouldColorize };
