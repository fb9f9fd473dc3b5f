'use strict';
// How util.inspect() prints primitives: quoted strings, numbers with separators, symbols.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilinspectobject-options
// Binding: none. Its own small file because console.log and util.format need it without the rest of inspect.

const symbolToString = Symbol.prototype.toString;
// Captured here, early, for inspect.js: a program may replace it before it first inspects anything.
const objectKeys = Object.keys;

// Strings up to this long never break at their line ends.
const MIN_LINE_WIDTH = 16;

// Control characters, both quotes that matter, the backslash, and surrogates without a partner.
const plainText = /^[ -&(-[\]-~\xA0-\uD7FF\uE000-\uFFFF]*$/;
const toEscape = /[\x00-\x1f\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SHORT = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

function escapeOne(char) {
  const short = SHORT[char];
  if (short !== undefined) return short;
  const code = char.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16)}`;
  return `\\x${code < 16 ? '0' : ''}${code.toString(16).toUpperCase()}`;
}

// Single quotes, unless the text has some and another kind of quote needs no escaping.
function quote(text) {
  if (plainText.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  text = text.replace(toEscape, escapeOne);
  if (mark === "'" && text.includes("'")) text = text.replaceAll("'", "\\'");
  return mark + text + mark;
}

// Text that stands outside quotes (symbol descriptions, names): only control characters are escaped.
function escapeText(text) {
  return text.replace(/[\x00-\x1f\x27\x5c\x7f-\x9f]/g, (char) => (char === "'" || char === '\\' ? char : escapeOne(char)));
}

// Puts `_` between groups of three, from the left in a fraction and from the right in an integer.
function groupDigits(digits, fromLeft) {
  let out = '';
  if (fromLeft) {
    for (let i = 0; i < digits.length; i += 3) out += (i === 0 ? '' : '_') + digits.slice(i, i + 3);
    return out;
  }
  let start = digits.length % 3;
  if (start > 0) out = digits.slice(0, start);
  for (; start < digits.length; start += 3) out += (out === '' ? '' : '_') + digits.slice(start, start + 3);
  return out;
}

function separateInteger(text) {
  return text[0] === '-' ? `-${groupDigits(text.slice(1), false)}` : groupDigits(text, false);
}

function numberText(number, numericSeparator) {
  if (number === 0) return 1 / number < 0 ? '-0' : '0';
  const text = `${number}`;
  if (!numericSeparator || text.includes('e') || number !== number || number === Infinity || number === -Infinity) {
    return text;
  }
  const point = text.indexOf('.');
  if (point === -1) return separateInteger(text);
  return `${separateInteger(text.slice(0, point))}.${groupDigits(text.slice(point + 1), true)}`;
}

function bigintText(value, numericSeparator) {
  const text = `${value}`;
  return `${numericSeparator ? separateInteger(text) : text}n`;
}

/**
 * @param {(text: string, style: string) => string} stylize
 * @param {unknown} value any primitive
 * @param {object} options of util.inspect: compact, breakLength, maxStringLength, numericSeparator
 * @param {number} indent columns that the text will be indented by
 * @returns {string}
 */
function formatPrimitive(stylize, value, options, indent) {
  switch (typeof value) {
    case 'string': return formatString(stylize, value, options, indent);
    case 'number': return stylize(numberText(value, options.numericSeparator), 'number');
    case 'bigint': return stylize(bigintText(value, options.numericSeparator), 'bigint');
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'undefined': return stylize('undefined', 'undefined');
    case 'symbol': return stylize(symbolToString.call(value), 'symbol');
    default: return stylize('null', 'null');
  }
}

function formatString(stylize, text, options, indent) {
  let trailer = '';
  const max = options.maxStringLength;
  if (max !== null && max !== undefined && text.length > max) {
    const n = text.length - max;
    text = text.slice(0, max);
    trailer = `... ${n} more character${n > 1 ? 's' : ''}`;
  }
  if (options.compact !== true && text.length > MIN_LINE_WIDTH &&
      text.length > options.breakLength - indent - 4 && text.includes('\n')) {
    return splitLines(text).map((line) => stylize(quote(line), 'string'))
      .join(` +\n${' '.repeat(indent + 2)}`) + trailer;
  }
  return stylize(quote(text), 'string') + trailer;
}

// Lines that keep their line end; no empty last one.
function splitLines(text) {
  const lines = [];
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end === -1 || end === text.length - 1) break;
    lines.push(text.slice(start, end + 1));
    start = end + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

module.exports = { quote, escapeText, escapeOne, numberText, bigintText, separateInteger, formatPrimitive, objectKeys };
