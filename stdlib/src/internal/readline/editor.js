'use strict';
// internal/readline/editor: the line that is being typed on a terminal, and what its keys do.
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html#tty-keybindings

const { clearDownText, cursorToText, moveText } = require('internal/readline/cursor');

const kKill = Symbol('killed');
const kUndo = Symbol('undo');
const kWasTab = Symbol('the last key was a tab');

function width(text) { return require('internal/util/strwidth').getStringWidth(text); }

/** Where the end of a text would stand, from the start of the line. */
function displayPosition(iface, text) {
  const columns = iface.columns;
  let offset = 0;
  let rows = 0;
  for (const char of require('util').stripVTControlCharacters(text)) {
    if (char === '\n') {
      rows += Math.ceil(offset / columns) || 1;
      offset = 0;
    } else if (char === '\t') {
      offset += iface.tabSize - (offset % iface.tabSize);
    } else {
      const w = width(char);
      // A wide character does not stand half on each line.
      if (w === 2 && (offset + 1) % columns === 0) offset++;
      offset += w;
    }
  }
  const cols = columns === Infinity ? offset : offset % columns;
  rows += columns === Infinity ? 0 : (offset - cols) / columns;
  return { cols, rows };
}

function cursorPosition(iface) {
  return displayPosition(iface, iface._prompt + iface.line.slice(0, iface.cursor));
}

/** Draws prompt and line anew, the cursor in its place. */
function refreshLine(iface) {
  const line = iface._prompt + iface.line;
  const end = displayPosition(iface, line);
  const cursor = cursorPosition(iface);
  let text = '';
  if (iface.prevRows > 0) text += moveText(0, -iface.prevRows);
  text += cursorToText(0) + clearDownText;
  iface._writeToOutput(text);
  iface._writeToOutput(line);
  text = end.cols === 0 && end.rows > 0 ? ' ' : '';
  text += cursorToText(cursor.cols);
  if (end.rows > cursor.rows) text += moveText(0, cursor.rows - end.rows);
  iface._writeToOutput(text);
  iface.prevRows = cursor.rows;
}

// Characters outside the basic plane are two units long.
function lengthBefore(text, at) {
  if (at <= 0) return 0;
  return at > 1 && text.codePointAt(at - 2) > 0xffff ? 2 : 1;
}

function lengthAt(text, at) {
  if (at >= text.length) return 0;
  return text.codePointAt(at) > 0xffff ? 2 : 1;
}

function moveBy(iface, dx) {
  iface.cursor = Math.min(Math.max(iface.cursor + dx, 0), iface.line.length);
  const { cols } = cursorPosition(iface);
  iface._writeToOutput(cursorToText(cols));
}

function setLine(iface, line, cursor) {
  (iface[kUndo] ??= []).push([iface.line, iface.cursor]);
  if (iface[kUndo].length > 100) iface[kUndo].shift();
  iface.line = line;
  iface.cursor = cursor;
  refreshLine(iface);
}

function insert(iface, text) {
  const { line, cursor } = iface;
  if (cursor === line.length) {
    (iface[kUndo] ??= []).push([line, cursor]);
    iface.line += text;
    iface.cursor += text.length;
    iface._writeToOutput(text);
    return;
  }
  setLine(iface, line.slice(0, cursor) + text + line.slice(cursor), cursor + text.length);
}

/** Takes the text between two places away; `keep` lets ctrl+y bring it back. */
function cut(iface, from, to, keep) {
  if (from >= to) return;
  const { line } = iface;
  if (keep) iface[kKill] = line.slice(from, to);
  setLine(iface, line.slice(0, from) + line.slice(to), from);
}

function wordStart({ line, cursor }) {
  const back = /(?:[^\w\s]+|\w+|)\s*$/.exec(line.slice(0, cursor));
  return cursor - back[0].length;
}

function wordEnd({ line, cursor }) {
  return cursor + /^(?:\s+|\W+|\w+)\s*/.exec(line.slice(cursor))?.[0].length || line.length;
}

function showHistory(iface, step) {
  const index = iface.historyIndex + step;
  if (index < -1 || index >= iface.history.length) return;
  iface.historyIndex = index;
  iface.line = index === -1 ? '' : iface.history[index];
  iface.cursor = iface.line.length;
  refreshLine(iface);
}

function finishLine(iface) {
  iface.cursor = iface.line.length;
  iface._writeToOutput('\r\n');
  iface.prevRows = 0;
  const line = iface._addHistory();
  iface.line = '';
  iface.cursor = 0;
  iface[kUndo] = [];
  iface._onLine(line);
}

function transpose(iface) {
  const { line, cursor } = iface;
  if (cursor === 0 || line.length < 2) return;
  const at = Math.min(cursor, line.length - 1);
  setLine(iface, line.slice(0, at - 1) + line[at] + line[at - 1] + line.slice(at + 1), at + 1);
}

function interrupt(iface) {
  if (iface.listenerCount('SIGINT') > 0) iface.emit('SIGINT');
  else iface.close();
}

function suspend(iface) {
  if (process.platform === 'win32') return;
  if (iface.listenerCount('SIGTSTP') > 0) {
    iface.emit('SIGTSTP');
    return;
  }
  process.once('SIGCONT', () => {
    if (iface.paused) return;
    iface.pause();
    iface.emit('SIGCONT');
    iface._setRawMode(true);
    refreshLine(iface);
    iface.resume();
  });
  iface._setRawMode(false);
  process.kill(process.pid, 'SIGTSTP');
}

function undo(iface) {
  const last = iface[kUndo]?.pop();
  if (last === undefined) return;
  [iface.line, iface.cursor] = last;
  refreshLine(iface);
}

const kControl = {
  __proto__: null,
  a: (i) => moveBy(i, -Infinity),
  b: (i) => moveBy(i, -lengthBefore(i.line, i.cursor)),
  c: interrupt,
  d: (i) => (i.line === '' ? i.close() : cut(i, i.cursor, i.cursor + lengthAt(i.line, i.cursor))),
  e: (i) => moveBy(i, Infinity),
  f: (i) => moveBy(i, lengthAt(i.line, i.cursor)),
  h: (i) => cut(i, i.cursor - lengthBefore(i.line, i.cursor), i.cursor),
  k: (i) => cut(i, i.cursor, i.line.length, true),
  l: (i) => {
    i._writeToOutput(cursorToText(0, 0) + clearDownText);
    i.prevRows = 0;
    refreshLine(i);
  },
  n: (i) => showHistory(i, -1),
  p: (i) => showHistory(i, 1),
  t: transpose,
  u: (i) => cut(i, 0, i.cursor, true),
  w: (i) => cut(i, wordStart(i), i.cursor, true),
  y: (i) => { if (i[kKill]) insert(i, i[kKill]); },
  z: suspend,
  left: (i) => moveBy(i, wordStart(i) - i.cursor),
  right: (i) => moveBy(i, wordEnd(i) - i.cursor),
  backspace: (i) => cut(i, wordStart(i), i.cursor, true),
  delete: (i) => cut(i, i.cursor, wordEnd(i), true),
};

const kMeta = {
  __proto__: null,
  b: kControl.left,
  f: kControl.right,
  d: kControl.delete,
  delete: kControl.delete,
  backspace: kControl.backspace,
};

const kPlain = {
  __proto__: null,
  backspace: kControl.h,
  delete: (i) => cut(i, i.cursor, i.cursor + lengthAt(i.line, i.cursor)),
  left: kControl.b,
  right: kControl.f,
  home: kControl.a,
  end: kControl.e,
  up: kControl.p,
  down: kControl.n,
};

/** What a key does to the line. `text` is what it types, if anything. */
function onKey(iface, text, key) {
  key ??= { __proto__: null };
  if (key.name === 'escape' || key.name === 'undefined') return;
  const wasTab = iface[kWasTab] === true;
  iface[kWasTab] = key.name === 'tab';
  const bindings = key.ctrl ? kControl : key.meta ? kMeta : kPlain;
  if (key.ctrl && key.shift) {
    if (key.name === 'backspace') cut(iface, 0, iface.cursor, true);
    else if (key.name === 'delete') cut(iface, iface.cursor, iface.line.length, true);
    return;
  }
  if (key.sequence === '\x1f') {
    undo(iface);
    return;
  }
  if (!key.meta && !key.ctrl && (key.name === 'return' || key.name === 'enter')) {
    onLineEnd(iface, key);
    return;
  }
  if (key.name === 'tab' && !key.ctrl && !key.meta && typeof iface.completer === 'function' && iface.isCompletionEnabled) {
    require('internal/readline/complete').complete(iface, wasTab, insert, refreshLine);
    return;
  }
  const action = bindings[key.name];
  if (action !== undefined) action(iface);
  else if (!key.ctrl && !key.meta) type(iface, text);
}

// `\r\n` is one end of a line, even where its halves come apart.
function onLineEnd(iface, key) {
  if (key.name === 'return') {
    iface._returnAt = Date.now();
  } else if (iface._returnAt && Date.now() - iface._returnAt <= iface.crlfDelay) {
    iface._returnAt = 0;
    return;
  } else {
    iface._returnAt = 0;
  }
  finishLine(iface);
}

// Text that `write()` brings may hold several lines.
function type(iface, text) {
  if (typeof text !== 'string' || text === '') {
    if (text instanceof Uint8Array) type(iface, Buffer.from(text).toString());
    return;
  }
  const lines = text.split(/\r\n|\n|\r/);
  for (let i = 0; i < lines.length; i++) {
    if (i > 0) finishLine(iface);
    if (lines[i] !== '') insert(iface, lines[i]);
  }
}

module.exports = { cursorPosition, displayPosition, moveBy, onKey, refreshLine };
