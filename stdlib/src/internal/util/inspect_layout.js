'use strict';
// Columns: how util.inspect() lines up the elements of an array with more than six entries.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilinspectobject-options (compact, breakLength)
// Binding: none. Numbers are aligned to the right, everything else to the left.

// A line is about this many times as wide as high when the block looks square.
const ASPECT = 2.5;
const MAX_COLUMNS = 15;
const GAP = 2; // comma and space

function plainLength(state, text) {
  const { getStringWidth } = require('internal/util/strwidth');
  return getStringWidth(text, state.options.colors);
}

/**
 * @param {object} state of the inspect call
 * @param {string[]} output one text an element
 * @param {unknown} value the array itself; undefined when the entries aren't its elements
 * @returns {string[]} one text a line, or `output` where columns would not help
 */
function columns(state, output, value) {
  const { breakLength, compact, maxArrayLength } = state.options;
  let count = output.length;
  // The last entry of a shortened array says how many more there are: it gets its own line.
  const hasRest = maxArrayLength < output.length;
  if (hasRest) count--;

  const lengths = [];
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const length = plainLength(state, output[i]);
    lengths.push(length);
    total += length + GAP;
    if (length > longest) longest = length;
  }
  const cell = longest + GAP;
  // Worth it only if three fit side by side and the lengths don't vary too much.
  if (cell * 3 + state.indent >= breakLength || !(total / cell > 5 || longest <= 6)) return output;

  const bias = Math.sqrt(cell - total / output.length);
  const biased = Math.max(cell - 3 - bias, 1);
  const n = Math.min(
    Math.round(Math.sqrt(ASPECT * biased * count) / biased),
    Math.floor((breakLength - state.indent) / cell),
    compact * 4,
    MAX_COLUMNS,
  );
  if (n <= 1) return output;

  const widths = [];
  for (let column = 0; column < n; column++) {
    let width = 0;
    for (let i = column; i < count; i += n) if (lengths[i] > width) width = lengths[i];
    widths.push(width + GAP);
  }
  const right = value !== undefined && onlyNumbers(value, output.length);
  const lines = [];
  for (let start = 0; start < count; start += n) {
    const last = Math.min(start + n, count) - 1;
    let line = '';
    for (let i = start; i < last; i++) {
      const cellText = `${output[i]}, `;
      const target = widths[i - start] + output[i].length - lengths[i];
      line += right ? cellText.padStart(target) : cellText.padEnd(target);
    }
    line += right ? output[last].padStart(widths[last - start] - GAP + output[last].length - lengths[last]) : output[last];
    lines.push(line);
  }
  if (hasRest) lines.push(output[count]);
  return lines;
}

function onlyNumbers(value, length) {
  for (let i = 0; i < length; i++) {
    const type = typeof value[i];
    if (type !== 'number' && type !== 'bigint') return false;
  }
  return true;
}

module.exports = { columns };
