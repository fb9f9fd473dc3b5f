'use strict';
// internal/readline/interface: lines from a stream; on a terminal, with an editor for the line being typed (editor.js).
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html#class-interfaceconstructor

const EventEmitter = require('events');
const { codes } = require('internal/errors');

const HISTORY_SIZE = 30;
const CRLF_DELAY_MIN_MS = 100;
const ESCAPE_TIMEOUT_MS = 500;
const kLineEnd = /\r\n|\n|\r(?!\n)|\u2028|\u2029/g;

const kQuestion = Symbol('question');
const kDecoder = Symbol('decoder');
const kPartial = Symbol('partial');
const kReturnAt = Symbol('returnAt');
const kCleanup = Symbol('cleanup');
const kLine = Symbol('line');

function checkOptions(options) {
  const { validateAbortSignal, validateArray, validateNumber, validateString, validateUint32 } =
    require('internal/validators');
  const { completer, history, historySize, prompt, tabSize, escapeCodeTimeout, signal } = options;
  if (completer !== undefined && typeof completer !== 'function') {
    throw new codes.ERR_INVALID_ARG_VALUE('completer', completer);
  }
  if (signal) validateAbortSignal(signal, 'options.signal');
  if (prompt !== undefined) validateString(prompt, 'prompt');
  if (history !== undefined) validateArray(history, 'history');
  if (historySize !== undefined) validateNumber(historySize, 'historySize', 0);
  if (Number.isNaN(historySize)) throw new codes.ERR_OUT_OF_RANGE('historySize', '>= 0', historySize);
  if (tabSize !== undefined) validateUint32(tabSize, 'tabSize', true);
  if (escapeCodeTimeout !== undefined && !Number.isFinite(escapeCodeTimeout)) {
    throw new codes.ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', escapeCodeTimeout);
  }
}

/**
 * @param {object | import('stream').Readable} input options, or the stream to read
 */
function InterfaceConstructor(input, output, completer, terminal) {
  let options = { input, output, completer, terminal };
  // Only options have an `input` of their own.
  if (input?.input) options = input;
  checkOptions(options);
  const { historySize = HISTORY_SIZE, crlfDelay } = options;
  EventEmitter.call(this);
  this.input = options.input;
  this.output = options.output;
  this.terminal = options.terminal === undefined ? !!options.output?.isTTY : !!options.terminal;
  this.line = '';
  this.cursor = 0;
  this.closed = false;
  this.paused = false;
  this.history = historySize > 0 ? (options.history ?? []) : [];
  this.historySize = historySize;
  this.historyIndex = -1;
  this.removeHistoryDuplicates = !!options.removeHistoryDuplicates;
  this.crlfDelay = crlfDelay ? Math.max(CRLF_DELAY_MIN_MS, crlfDelay) : CRLF_DELAY_MIN_MS;
  this.escapeCodeTimeout = options.escapeCodeTimeout ?? ESCAPE_TIMEOUT_MS;
  this.tabSize = options.tabSize ?? 8;
  this.completer = options.completer;
  this.isCompletionEnabled = true;
  this.prevRows = 0;
  this[kReturnAt] = 0;
  this[kPartial] = '';
  this.setPrompt(options.prompt === undefined ? '> ' : options.prompt);
  this[kCleanup] = [];
  if (this.terminal) attachTerminal(this);
  else attachLines(this);
  if (options.signal) obeySignal(this, options.signal);
  this.line = '';
  this.input.resume();
}
Object.setPrototypeOf(InterfaceConstructor.prototype, EventEmitter.prototype);
Object.setPrototypeOf(InterfaceConstructor, EventEmitter);

function listen(iface, emitter, event, listener) {
  emitter.on(event, listener);
  iface[kCleanup].push(() => emitter.removeListener(event, listener));
}

function attachLines(iface) {
  const { StringDecoder } = require('string_decoder');
  iface[kDecoder] = new StringDecoder('utf8');
  listen(iface, iface.input, 'error', (error) => iface.emit('error', error));
  listen(iface, iface.input, 'data', (data) => takeLines(iface, data));
  listen(iface, iface.input, 'end', () => {
    if (iface[kPartial] !== '') iface.emit('line', iface[kPartial]);
    iface.close();
  });
}

// A line may end in the next chunk, and a `\r\n` be cut in two.
function takeLines(iface, data) {
  if (iface.paused) return;
  let text = typeof data === 'string' ? data : iface[kDecoder].write(data);
  if (iface[kReturnAt] !== 0 && Date.now() - iface[kReturnAt] <= iface.crlfDelay && text[0] === '\n') {
    text = text.slice(1);
    if (text === '') {
      iface[kReturnAt] = 0;
      return;
    }
  }
  iface[kReturnAt] = text.endsWith('\r') ? Date.now() : 0;
  const whole = iface[kPartial] + text;
  const lines = whole.split(kLineEnd);
  iface[kPartial] = lines.pop();
  for (let i = 0; i < lines.length; i++) onLine(iface, lines[i]);
}

function attachTerminal(iface) {
  const { emitKeypressEvents } = require('internal/readline/keys');
  const { onKey, refreshLine } = require('internal/readline/editor');
  emitKeypressEvents(iface.input, iface);
  listen(iface, iface.input, 'error', (error) => iface.emit('error', error));
  listen(iface, iface.input, 'keypress', (text, key) => onKey(iface, text, key));
  listen(iface, iface.input, 'end', () => {
    if (iface.line !== '') iface.emit('line', iface.line);
    iface.close();
  });
  if (iface.output !== null && iface.output !== undefined) {
    listen(iface, iface.output, 'resize', () => refreshLine(iface));
  }
  iface._setRawMode(true);
}

function obeySignal(iface, signal) {
  const abort = () => iface.close();
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  const { addAbortListener } = require('events');
  const listener = addAbortListener(signal, abort);
  iface[kCleanup].push(() => listener[Symbol.dispose]());
}

function onLine(iface, line) {
  const question = iface[kQuestion];
  if (question === undefined) {
    iface.emit('line', line);
    return;
  }
  iface[kQuestion] = undefined;
  iface.setPrompt(question.oldPrompt);
  question.callback(line);
}

const proto = InterfaceConstructor.prototype;

proto.getPrompt = function() { return this._prompt; };
proto.setPrompt = function(prompt) { this._prompt = prompt; };

Object.defineProperty(proto, 'columns', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return this.output?.columns || Infinity; },
});

proto._setRawMode = function(mode) {
  const wasRaw = this.input.isRaw;
  if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
  return wasRaw;
};

proto.prompt = function(preserveCursor) {
  if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
  if (this.paused) this.resume();
  if (this.terminal) {
    if (!preserveCursor) this.cursor = 0;
    require('internal/readline/editor').refreshLine(this);
  } else {
    this._writeToOutput(this._prompt);
  }
};

proto.question = function(query, callback) {
  if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
  if (this[kQuestion] !== undefined) {
    this.prompt();
    return;
  }
  this[kQuestion] = { callback, oldPrompt: this._prompt };
  this.setPrompt(query);
  this.prompt();
};

/** Forgets a question that was aborted. */
proto._cancelQuestion = function() {
  if (this[kQuestion] === undefined) return;
  this.setPrompt(this[kQuestion].oldPrompt);
  this[kQuestion] = undefined;
};

proto._writeToOutput = function(text) {
  require('internal/validators').validateString(text, 'stringToWrite');
  if (this.output !== null && this.output !== undefined) this.output.write(text);
};

proto._onLine = function(line) { onLine(this, line); };

proto._addHistory = function() {
  if (this.line === '') return '';
  if (this.historySize === 0 || this.line.trim() === '') return this.line;
  if (this.history.length === 0 || this.history[0] !== this.line) {
    if (this.removeHistoryDuplicates) {
      const at = this.history.indexOf(this.line);
      if (at !== -1) this.history.splice(at, 1);
    }
    this.history.unshift(this.line);
    if (this.history.length > this.historySize) this.history.pop();
  }
  this.historyIndex = -1;
  const line = this.history[0];
  this.emit('history', this.history);
  return line;
};

proto._refreshLine = function() { require('internal/readline/editor').refreshLine(this); };
proto._moveCursor = function(dx) { require('internal/readline/editor').moveBy(this, dx); };
proto.getCursorPos = function() { return require('internal/readline/editor').cursorPosition(this); };
proto._getDisplayPos = function(text) { return require('internal/readline/editor').displayPosition(this, text); };

proto.close = function() {
  if (this.closed) return;
  this.pause();
  if (this.terminal) this._setRawMode(false);
  this.closed = true;
  for (const cleanup of this[kCleanup]) cleanup();
  this.emit('close');
};

proto[Symbol.dispose] = function() { this.close(); };

proto.pause = function() {
  if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
  if (this.paused) return this;
  this.input.pause();
  this.paused = true;
  this.emit('pause');
  return this;
};

proto.resume = function() {
  if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
  if (!this.paused) return this;
  this.input.resume();
  this.paused = false;
  this.emit('resume');
  return this;
};

proto.write = function(data, key) {
  if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
  if (this.paused) this.resume();
  if (this.terminal) require('internal/readline/editor').onKey(this, data, key);
  else takeLines(this, typeof data === 'string' ? data : `${data}`);
};

proto[Symbol.asyncIterator] = function() {
  this[kLine] ??= lines(this);
  return this[kLine];
};

// Lines that come before somebody asks for them are kept.
function lines(iface) {
  const events = EventEmitter.on(iface, 'line', { close: ['close'], highWaterMark: 1024 });
  const iterator = {
    __proto__: Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype),
    async next() {
      const { value, done } = await events.next();
      return { value: done ? undefined : value[0], done };
    },
    return() {
      events.return();
      iface.close();
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) { return events.throw(error); },
    [Symbol.asyncIterator]() { return this; },
    get [Symbol.for('nodejs.watermarkData')]() { return events[Symbol.for('nodejs.watermarkData')]; },
  };
  return iterator;
}

module.exports = { InterfaceConstructor };
