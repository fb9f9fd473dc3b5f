'use strict';
// The message of a failed strictEqual() or deepStrictEqual(): both values in one text, with `+` before what only
// `actual` has and `-` before what only `expected` has.
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html#strict-assertion-mode
// Binding: none.

const { editScript, KEEP, ONLY_ACTUAL } = require('internal/util/diff');

// `1 !== 2` fits on a line of its own up to this many characters.
const MAX_SHORT = 12;
// Of a longer run of equal lines, this many are shown at its start and one at its end.
const KEEP_LINES = 5;
const MAX_LINES = 50;

const PLAIN = { green: '', red: '', gray: '', blue: '', white: '' };
const COLORED = {
  green: '\u001b[32m', red: '\u001b[31m', gray: '\u001b[90m', blue: '\u001b[34m', white: '\u001b[39m',
};

function bothAre(type, a, b) {
  return typeof a === type && typeof b === type && a !== null && b !== null;
}

/**
 * @param {{ actual: unknown, expected: unknown, operator: string, message?: unknown, diff: string }} options
 * @param {Record<string, string>} headers
 * @param {(value: unknown) => string} inspectValue
 * @param {boolean} colorful
 * @param {number} columns of the terminal
 * @returns {string}
 */
function diffMessage({ actual, expected, operator, message, diff }, headers, inspectValue, colorful, columns) {
  const colors = colorful ? COLORED : PLAIN;
  if (operator === 'strictEqual' && (bothAre('object', actual, expected) || bothAre('function', actual, expected))) {
    operator = 'strictEqualObject';
  }
  const left = inspectValue(actual);
  const right = inspectValue(expected);
  const header = message === undefined ? headers[operator] : String(message);
  if (left === right) return sameText(left, message === undefined ? headers.notIdentical : header, diff, colors);
  const isPartial = operator === 'partialDeepStrictEqual' && colorful;
  const legend = isPartial ? `${colors.gray}actual${colors.white} ${colors.red}- expected${colors.white}` :
    `${colors.green}+ actual${colors.white} ${colors.red}- expected${colors.white}`;

  if (!left.includes('\n') && !right.includes('\n') && !bothAre('object', actual, expected)) {
    let length = left.length + right.length;
    if (typeof actual === 'string') length -= 2;
    if (typeof expected === 'string') length -= 2;
    if (length <= MAX_SHORT) return `${header}\n\n${left} !== ${right}\n`;
    return `${header}\n${legend}\n\n${stacked(left, right, colors, columns)}\n`;
  }
  const ignoreComma = actual !== null && typeof actual === 'object';
  const { text, skipped } = lineDiff(left.split('\n'), right.split('\n'), ignoreComma, isPartial, diff === 'full', colors);
  return `${header}\n${legend}${skipped ? `\n${colors.blue}...${colors.white} Skipped lines` : ''}\n\n${text}`;
}

function sameText(text, header, diff, colors) {
  const lines = text.split('\n');
  if (lines.length > MAX_LINES && diff !== 'full') {
    lines.length = MAX_LINES;
    lines.push(`${colors.blue}...${colors.white}`);
  }
  return `${header}\n\n${lines.join('\n')}\n`;
}

// Two lines, and a caret where they part if that is easy to miss.
function stacked(left, right, colors, columns) {
  const text = `${colors.green}+${colors.white} ${left}\n${colors.red}-${colors.white} ${right}`;
  if (left.length + right.length > columns) return text;
  let same = 0;
  while (same < left.length && left[same] === right[same]) same++;
  return same > 2 ? `${text}\n${' '.repeat(same + 2)}^` : text;
}

function lineDiff(left, right, ignoreComma, isPartial, full, colors) {
  // The last property of an object has no comma behind it: that alone is no difference.
  const same = ignoreComma ? (a, b) => a === b || `${a},` === b || a === `${b},` : undefined;
  const script = editScript(left, right, same, (a, b) => (a.endsWith(',') ? a : b));
  let text = '';
  let skipped = false;
  for (let i = 0; i < script.length; i++) {
    const [type, line] = script[i];
    if (type !== KEEP) {
      if (type !== ONLY_ACTUAL) text += `${colors.red}-${colors.white} ${line}\n`;
      else if (isPartial) text += `${colors.gray}  ${line}${colors.white}\n`;
      else text += `${colors.green}+${colors.white} ${line}\n`;
      continue;
    }
    let end = i;
    while (end < script.length && script[end][0] === KEEP) end++;
    const run = script.slice(i, end).map((entry) => entry[1]);
    i = end - 1;
    // Hiding less than two lines is worth nothing.
    if (!full && run.length > KEEP_LINES + 2) {
      run.splice(KEEP_LINES, run.length - KEEP_LINES - 1, undefined);
      skipped = true;
    }
    for (const kept of run) {
      text += kept === undefined ? `${colors.blue}...${colors.white}\n` : `${colors.white}  ${kept}\n`;
    }
  }
  return { text, skipped };
}

module.exports = { diffMessage };
