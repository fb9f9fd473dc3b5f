'use strict';
// util.debuglog(): messages for the sections that NODE_DEBUG names; and durations in words, which console.time shares.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utildebuglogsection-callback
// Binding: none.

let pattern;

// NODE_DEBUG is a list of names in which `*` stands for anything; case doesn't matter.
function isEnabled(section) {
  if (pattern === undefined) {
    const wanted = process.env.NODE_DEBUG;
    if (!wanted) {
      pattern = null;
    } else {
      const source = wanted.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^');
      pattern = new RegExp(`^${source}$`, 'i');
    }
  }
  return pattern !== null && pattern.test(section);
}

/**
 * @param {string} section
 * @param {(log: Function) => void} [callback] gets the real function at the first call, for those who keep it
 * @returns {Function & { enabled: boolean }}
 */
function debuglog(section, callback) {
  section = `${section}`.toUpperCase();
  let enabled;
  let write;
  const isOn = () => enabled ??= isEnabled(section);
  const start = () => {
    if (!isOn()) {
      write = () => {};
    } else {
      if (section === 'HTTP' || section === 'HTTP2') {
        process.emitWarning(`Setting the NODE_DEBUG environment variable to '${section.toLowerCase()}' can expose ` +
          'sensitive data (such as passwords, tokens and authentication headers) in the resulting log.');
      }
      write = (...args) => {
        const stream = process.stderr;
        const colors = stream.hasColors?.() === true;
        const text = require('internal/util/format').formatWithOptions({ colors }, ...args);
        const pid = colors ? `\u001b[33m${process.pid}\u001b[39m` : process.pid;
        const name = colors ? `\u001b[36m${section}\u001b[39m` : section;
        stream.write(`${`${name} ${pid}: ${text}`.replaceAll('\n', `\n${name} ${pid}: `)}\n`);
      };
    }
    if (typeof callback === 'function') callback(write);
  };
  const logger = (...args) => {
    if (write === undefined) start();
    return write(...args);
  };
  Object.defineProperty(logger, 'enabled', { __proto__: null, configurable: true, enumerable: true, get: isOn });
  return logger;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** 0.123ms, 1.234s, 1:02.345 (m:ss.mmm), 1:02:03.456 (h:mm:ss.mmm) */
function formatTime(ms) {
  if (ms < SECOND) return `${Number(ms.toFixed(3))}ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(3)}s`;
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const seconds = ((ms % MINUTE) / SECOND).toFixed(3).padStart(6, '0');
  if (hours === 0) return `${minutes}:${seconds} (m:ss.mmm)`;
  return `${hours}:${`${minutes}`.padStart(2, '0')}:${seconds} (h:mm:ss.mmm)`;
}

module.exports = { debuglog, formatTime, isEnabled };
