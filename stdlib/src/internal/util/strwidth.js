'use strict';
// How many terminal columns a string takes, and strings without their terminal escapes.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilstripvtcontrolcharactersstr
// Binding: none. Widths follow Unicode's East Asian Width (UAX #11): wide and fullwidth characters take two columns,
// combining marks and format characters none.

// Escape sequences of ECMA-48: control sequences (`ESC [` or 0x9B, parameters, intermediates, a final byte), operating
// system commands (`ESC ]` up to BEL or the string terminator), and the short ones (ESC and one or two bytes).
const ansi = new RegExp([
  '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
  '\\x1b\\][^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)',
  '\\x1b[ -/]*[0-Z\\\\-~]',
].join('|'), 'g');

function stripVTControlCharacters(text) {
  if (typeof text !== 'string') require('internal/validators').validateString(text, 'str');
  if (!text.includes('\u001B') && !text.includes('\u009B')) return text;
  return text.replace(ansi, '');
}

const asciiOnly = /^[\x20-\x7e]*$/;

function getStringWidth(text, removeControlChars = true) {
  if (asciiOnly.test(text)) return text.length;
  if (removeControlChars) text = stripVTControlCharacters(text);
  let width = 0;
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0);
    if (code >= 0x20 && code < 0x7f) width++;
    else if (isFullWidth(code)) width += 2;
    else if (!isZeroWidth(code)) width++;
  }
  return width;
}

// Ranges, inclusive, in rising order.
const WIDE = [
  0x1100, 0x115f, 0x2329, 0x232a, 0x2e80, 0x303e, 0x3040, 0x3247, 0x3250, 0x4dbf, 0x4e00, 0xa4c6, 0xa960, 0xa97c,
  0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6b, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x1b000, 0x1b001,
  0x1f200, 0x1f251, 0x1f300, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f900, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd,
];
const ZERO = [
  0x00, 0x1f, 0x7f, 0x9f, 0x300, 0x36f, 0x200b, 0x200f, 0x20d0, 0x20ff, 0xfe00, 0xfe0f, 0xfe20, 0xfe2f,
  0xe0100, 0xe01ef,
];

function inRanges(ranges, code) {
  for (let i = 0; i < ranges.length; i += 2) {
    if (code < ranges[i]) return false;
    if (code <= ranges[i + 1]) return true;
  }
  return false;
}

function isFullWidth(code) {
  return code >= 0x1100 && inRanges(WIDE, code);
}

function isZeroWidth(code) {
  return inRanges(ZERO, code);
}

module.exports = { stripVTControlCharacters, getStringWidth };
