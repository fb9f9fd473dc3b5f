'use strict';
// Where 'error' events that nobody listened to were emitted: what the report of an uncaught error ends with.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#error-events

// error -> { whom, place }
const emissions = new WeakMap();

exports.note = function note(error, whom, place) { emissions.set(error, { whom, place }); };

/**
 * @param {Error} error
 * @returns {string} the lines about its emission, from a line break on; empty if it was not emitted
 */
exports.describe = function describe(error) {
  const emission = emissions.get(error);
  if (emission === undefined) return '';
  const own = linesOf(emission.place);
  if (own.length === 0) return '';
  return `\nEmitted 'error' event${emission.whom} at:\n${withoutRepeats(own, linesOf(error)).join('\n')}`;
};

function linesOf(object) {
  const { stack } = object;
  return typeof stack === 'string' ? stack.split('\n').filter((line) => line.startsWith('    at ')) : [];
}

// The longest run of more than three lines that the error's own stack has too keeps its first and last.
function withoutRepeats(own, others) {
  for (let start = 0; start < own.length - 3; start++) {
    const at = others.indexOf(own[start]);
    if (at < 0) continue;
    let length = 1;
    while (start + length < own.length && own[start + length] === others[at + length]) length++;
    if (length > 3) {
      return [...own.slice(0, start + 1), '    [... lines matching original stack trace ...]', ...own.slice(start + length - 1)];
    }
  }
  return own;
}
