'use strict';
// internal/readline/complete: what the tab key does where a program completes words.
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html#use-of-the-completer-function

function commonPrefix(words) {
  let prefix = words[0];
  for (let i = 1; i < words.length; i++) {
    while (!words[i].startsWith(prefix)) prefix = prefix.slice(0, -1);
  }
  return prefix;
}

function columns(iface, words) {
  const { getStringWidth } = require('internal/util/strwidth');
  const widths = words.map((word) => getStringWidth(word));
  const width = Math.max(...widths) + 2;
  const perLine = iface.columns === Infinity ? 1 : Math.floor(iface.columns / width) || 1;
  let text = '\r\n';
  for (let i = 0; i < words.length; i++) {
    const isLast = i === words.length - 1 || (i + 1) % perLine === 0;
    text += words[i];
    text += isLast ? '\r\n' : ' '.repeat(width - widths[i]);
  }
  return `${text}\r\n`;
}

// The first tab types what all candidates share; one more shows them.
function apply(iface, [candidates, word], isSecondTab, insert, refreshLine) {
  const words = candidates.filter((candidate) => candidate !== '');
  if (words.length === 0) return;
  const prefix = commonPrefix(words);
  if (prefix.startsWith(word) && prefix.length > word.length) {
    insert(iface, prefix.slice(word.length));
    return;
  }
  if (words.length === 1) return;
  if (!isSecondTab) return;
  iface._writeToOutput(columns(iface, words));
  iface.prevRows = 0;
  refreshLine(iface);
}

/** Asks the completer about the text before the cursor; it answers at once, by callback or by promise. */
function complete(iface, isSecondTab, insert, refreshLine) {
  const text = iface.line.slice(0, iface.cursor);
  iface.pause();
  const done = (error, result) => {
    if (iface.closed) return;
    iface.resume();
    if (error) {
      iface._writeToOutput(`Tab completion error: ${require('util').inspect(error)}`);
      return;
    }
    if (result) apply(iface, result, isSecondTab, insert, refreshLine);
  };
  if (iface.completer.length === 2) {
    iface.completer(text, done);
    return;
  }
  const result = iface.completer(text);
  if (typeof result?.then === 'function') result.then((value) => done(null, value), done);
  else done(null, result);
}

module.exports = { complete };
