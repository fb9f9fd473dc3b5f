'use strict';
// internal/readline/keys: what a terminal sends, told as keys: 'keypress' events.
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html#readlineemitkeypresseventsstream-interface
// Sequences: ECMA-48 with xterm's, rxvt's and the Linux console's function keys.

const kState = Symbol('keypress state');
const ESCAPE_TIMEOUT_MS = 500;

// Modifiers count from 1: shift 1, alt 2, ctrl 4.
const kSequence = /^\x1b\x1b?(?:O(\d?)([A-Za-z])|\[(\[?)(\d*)(?:;(\d+))?([~^$A-Za-z]))/;
const kIncomplete = /^\x1b\x1b?(?:O\d?|\[\[?\d*(?:;\d*)?)?$/;

const kLetters = { A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home',
                   P: 'f1', Q: 'f2', R: 'f3', S: 'f4' };
const kNumbers = { 1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end',
                   11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8', 20: 'f9', 21: 'f10',
                   23: 'f11', 24: 'f12', 200: 'paste-start', 201: 'paste-end' };
const kConsole = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };

function functionKey(match) {
  const [sequence, ssModifier, ssLetter, bracket, digits, second, last] = match;
  const key = { sequence, name: undefined, ctrl: false, meta: false, shift: false, code: undefined };
  let modifier = 0;
  if (ssLetter !== undefined) {
    key.code = `O${ssLetter}`;
    modifier = (ssModifier || 1) - 1;
    key.name = kLetters[ssLetter];
    if (key.name === undefined && kLetters[ssLetter.toUpperCase()] && ssLetter <= 'e') {
      key.name = kLetters[ssLetter.toUpperCase()];
      key.ctrl = true;
    }
  } else if (/[A-Za-z]/.test(last) && digits.length < 2) {
    key.code = `[${bracket}${last}`;
    modifier = (second || digits || 1) - 1;
    key.name = bracket ? kConsole[last] : kLetters[last];
    if (last === 'Z') {
      key.name = 'tab';
      key.shift = true;
    } else if (last >= 'a' && last <= 'e') {
      key.name = kLetters[last.toUpperCase()];
      key.shift = true;
    }
  } else {
    key.code = `[${bracket}${digits}${last}`;
    modifier = (second || 1) - 1;
    if (!/[A-Za-z]/.test(last)) key.name = kNumbers[digits];
    key.shift = last === '$';
    key.ctrl = last === '^';
  }
  key.name ??= 'undefined';
  key.shift ||= (modifier & 1) !== 0;
  key.meta = (modifier & 2) !== 0 || sequence.startsWith('\x1b\x1b');
  key.ctrl ||= (modifier & 4) !== 0;
  return key;
}

function plainKey(char, sequence) {
  const key = { sequence, name: undefined, ctrl: false, meta: sequence !== char, shift: false };
  const code = char.charCodeAt(0);
  if (char === '\r') key.name = 'return';
  else if (char === '\n') key.name = 'enter';
  else if (char === '\t') key.name = 'tab';
  else if (char === '\b' || char === '\x7f') key.name = 'backspace';
  else if (char === '\x1b') key.name = 'escape';
  else if (char === ' ') key.name = 'space';
  else if (code >= 1 && code <= 26) {
    key.name = String.fromCharCode(code + 96);
    key.ctrl = true;
  } else if (/^[0-9A-Za-z]$/.test(char)) {
    key.name = char.toLowerCase();
    key.shift = /^[A-Z]$/.test(char);
  }
  return key;
}

/**
 * The first key of a text.
 * @returns {{ key: object, text: string | undefined } | undefined} undefined where more of a sequence may come
 */
function firstKey(data, isFinal) {
  const char = String.fromCodePoint(data.codePointAt(0));
  if (char !== '\x1b') return { key: plainKey(char, char), text: char };
  const match = kSequence.exec(data);
  if (match !== null) return { key: functionKey(match), text: undefined };
  if (data.startsWith('\x1b\x1b\x1b')) {
    return { key: { ...plainKey('\x1b', '\x1b\x1b\x1b'), meta: true }, text: undefined };
  }
  if (kIncomplete.test(data)) {
    if (!isFinal) return undefined;
    const name = data === '\x1b' ? 'escape' : undefined;
    return { key: { sequence: data, name, ctrl: false, meta: true, shift: false }, text: undefined };
  }
  const escapes = data.startsWith('\x1b\x1b') ? 2 : 1;
  const next = String.fromCodePoint(data.codePointAt(escapes));
  return { key: plainKey(next, data.slice(0, escapes) + next), text: undefined };
}

// A tab completes only as the last key of a chunk: inside pasted text it is text.
function take(stream, state, isFinal, iface) {
  while (state.waiting !== '') {
    const found = firstKey(state.waiting, isFinal);
    if (found === undefined) return;
    state.waiting = state.waiting.slice(found.key.sequence.length);
    if (iface) iface.isCompletionEnabled = state.waiting === '';
    stream.emit('keypress', found.text, found.key);
  }
}

/**
 * Makes a stream emit 'keypress' events while somebody listens for them.
 * @param {import('stream').Readable} stream
 * @param {object} [iface] its `escapeCodeTimeout` says how long an incomplete sequence waits
 */
function emitKeypressEvents(stream, iface) {
  if (stream[kState]) return;
  const { StringDecoder } = require('string_decoder');
  const state = stream[kState] = { decoder: new StringDecoder('utf8'), waiting: '', timer: undefined };

  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = typeof input === 'string' ? input : state.decoder.write(input);
    if (text === '') return;
    clearTimeout(state.timer);
    state.waiting += text;
    take(stream, state, false, iface);
    if (state.waiting !== '') {
      state.timer = setTimeout(take, iface ? iface.escapeCodeTimeout : ESCAPE_TIMEOUT_MS, stream, state, true, iface);
    }
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents };
