'use strict';
// What assert.ok() shows: the text of the call that failed, read from its source file.
// API: https://nodejs.org/docs/latest-v24.x/api/assert.html#assertokvalue-message
// Binding: none. The position comes from the stack, the text from the file system; where either is missing there is a
// fallback text.

const FALLBACK = 'The expression evaluated to a falsy value';

/**
 * @param {Function} above frames of this function and those it called are not the caller's
 * @returns {string|undefined} the message, or undefined when the source can't be had
 */
function failedExpression(above) {
  const frame = require('internal/util/call_sites').topFrame(above);
  if (frame === undefined) return undefined;
  const line = sourceLine(frame.scriptName, frame.lineNumber);
  if (line === undefined) return undefined;
  const text = callAt(line, frame.columnNumber - 1);
  return text === undefined ? undefined : `${FALLBACK}:\n\n  ${escapeControls(text)}\n`;
}

function escapeControls(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g,
                      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const files = new Map();

function sourceLine(script, number) {
  let path = script;
  if (script.startsWith('file://')) {
    try {
      path = require('internal/url').fileURLToPath(script);
    } catch {
      return undefined;
    }
  }
  if (!path.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(path)) return undefined;
  let lines = files.get(path);
  if (lines === undefined) {
    try {
      lines = require('fs').readFileSync(path, 'utf8').split('\n');
    } catch {
      return undefined;
    }
    files.set(path, lines);
  }
  return lines[number - 1];
}

const nameChar = /[\w$\u0080-\uFFFF]/;

// The call expression around a column: back over the names before it, on over its arguments. An expression that goes on
// in the next line is cut at the end of this one.
function callAt(line, column) {
  if (column >= line.length || column < 0) return undefined;
  let start = column;
  for (;;) {
    while (start > 0 && nameChar.test(line[start - 1])) start--;
    if (start > 0 && line[start - 1] === '.') start--;
    else if (start > 0 && line[start - 1] === ']' && line.lastIndexOf('[', start) > 0) start = line.lastIndexOf('[', start - 1);
    else break;
  }
  // A member call whose object stands in the line before.
  if (line[start] === '.') start++;
  // A position at the parenthesis or behind it still belongs to the call that ends there.
  let at = start;
  let end = at;
  while (at < line.length) {
    const char = line[at];
    if (nameChar.test(char) || char === '.') {
      at++;
    } else if (char === '(' || char === '[') {
      const close = matching(line, at);
      if (close === -1) return line.slice(start).trimEnd();
      at = close + 1;
      end = at;
    } else if (char === ' ' && at === end && end > start) {
      break;
    } else {
      break;
    }
  }
  return end > start ? line.slice(start, end) : undefined;
}

// Where the bracket at `open` closes; -1 if not in this line. Strings and nested brackets are skipped.
function matching(line, open) {
  let depth = 0;
  for (let i = open; i < line.length; i++) {
    const char = line[i];
    if (char === '"' || char === "'" || char === '`') {
      i = endOfString(line, i);
      if (i === -1) return -1;
    } else if (char === '(' || char === '[' || char === '{') {
      depth++;
    } else if (char === ')' || char === ']' || char === '}') {
      if (--depth === 0) return i;
    }
  }
  return -1;
}

function endOfString(line, start) {
  for (let i = start + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === line[start]) return i;
  }
  return -1;
}

module.exports = { failedExpression, callAt };
