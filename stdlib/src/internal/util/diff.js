'use strict';
// The shortest edit script between two lists (E. Myers, "An O(ND) difference algorithm and its variations", 1986);
// util.diff() and the diffs of assertion errors.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utildiffactual-expected
// Binding: none.

const KEEP = 0;
const ONLY_ACTUAL = 1;
const ONLY_EXPECTED = -1;

/**
 * @param {string[]|string} actual
 * @param {string[]|string} expected
 * @param {(a: string, b: string) => boolean} [same]
 * @param {(a: string, b: string) => string} [pick] which of two lines that count as the same to give back
 * @returns {Array<[number, string]>} 0 in both, 1 only in `actual`, -1 only in `expected`; in order
 */
function editScript(actual, expected, same = (a, b) => a === b, pick = (a) => a) {
  const n = actual.length;
  const m = expected.length;
  const max = n + m;
  // frontier[k + max]: how far along `actual` the best path on diagonal k has come. One copy a round, to walk back.
  const frontier = new Int32Array(2 * max + 2);
  const rounds = [];
  for (let d = 0; d <= max; d++) {
    rounds.push(frontier.slice(max - d, max + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && frontier[max + k - 1] < frontier[max + k + 1]);
      let x = down ? frontier[max + k + 1] : frontier[max + k - 1] + 1;
      let y = x - k;
      while (x < n && y < m && same(actual[x], expected[y])) {
        x++;
        y++;
      }
      frontier[max + k] = x;
      if (x >= n && y >= m) return walkBack(rounds, actual, expected, d, pick);
    }
  }
  return [];
}

function walkBack(rounds, actual, expected, last, pick) {
  const script = [];
  let x = actual.length;
  let y = expected.length;
  for (let d = last; d >= 0; d--) {
    const round = rounds[d];
    const at = (k) => round[k + d] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const previousX = d === 0 ? 0 : at(down ? k + 1 : k - 1);
    const previousY = d === 0 ? 0 : previousX - (down ? k + 1 : k - 1);
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      script.push([KEEP, pick(actual[--x], expected[--y])]);
    }
    if (d === 0) break;
    if (down) script.push([ONLY_EXPECTED, expected[--y]]);
    else script.push([ONLY_ACTUAL, actual[--x]]);
  }
  return script.reverse();
}

function validateInput(value, name) {
  const { validateString } = require('internal/validators');
  if (!Array.isArray(value)) {
    validateString(value, name);
    return;
  }
  for (let i = 0; i < value.length; i++) validateString(value[i], `${name}[${i}]`);
}

function diff(actual, expected) {
  if (actual === expected) return [];
  validateInput(actual, 'actual');
  validateInput(expected, 'expected');
  return editScript(actual, expected);
}

module.exports = { diff, editScript, KEEP, ONLY_ACTUAL, ONLY_EXPECTED };
