'use strict';

// internal/timers_warnings: what setTimeout() says of a duration that is no sensible number.
// API: https://nodejs.org/docs/latest-v24.x/api/timers.html#settimeoutcallback-delay-args

let warnedNegative = false;
let warnedNaN = false;

function warnOfDelay(delay) {
  if (delay > 0) {
    process.emitWarning(`${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
                        'TimeoutOverflowWarning');
  } else if (delay < 0 && !warnedNegative) {
    warnedNegative = true;
    process.emitWarning(`${delay} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
  } else if (Number.isNaN(delay) && !warnedNaN) {
    warnedNaN = true;
    process.emitWarning(`${delay} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
  }
}

module.exports = { warnOfDelay };
