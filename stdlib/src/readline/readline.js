'use strict';
// node:readline: a stream read line by line, and the line editor of a terminal.
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html
// The pieces: internal/readline/interface (lines), editor (keys), keys ('keypress' events), cursor (control sequences).

const { InterfaceConstructor } = require('internal/readline/interface');
const cursor = require('internal/readline/cursor');

/** @extends InterfaceConstructor */
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  Reflect.apply(InterfaceConstructor, this, [input, output, completer, terminal]);
}
Object.setPrototypeOf(Interface.prototype, InterfaceConstructor.prototype);
Object.setPrototypeOf(Interface, InterfaceConstructor);

/**
 * @param {string} query
 * @param {{ signal?: AbortSignal }} [options]
 * @param {(answer: string) => void} callback
 */
Interface.prototype.question = function question(query, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  const signal = typeof options === 'object' && options !== null ? options.signal : undefined;
  if (signal) {
    require('internal/validators').validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const { addAbortListener } = require('events');
    const listener = addAbortListener(signal, () => this._cancelQuestion());
    const answered = callback;
    callback = typeof answered === 'function' ? (answer) => {
      listener[Symbol.dispose]();
      answered(answer);
    } : answered;
  }
  if (typeof callback === 'function') InterfaceConstructor.prototype.question.call(this, query, callback);
};

Object.defineProperty(Interface.prototype.question, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value: function question(query, options) {
    const signal = options?.signal;
    const { AbortError } = require('internal/errors');
    if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
    return new Promise((resolve, reject) => {
      const abort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal?.addEventListener('abort', abort, { once: true });
      this.question(query, options, (answer) => {
        signal?.removeEventListener('abort', abort);
        resolve(answer);
      });
    });
  },
});

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface,
  clearLine: cursor.clearLine,
  clearScreenDown: cursor.clearScreenDown,
  createInterface,
  cursorTo: cursor.cursorTo,
  emitKeypressEvents(stream, iface) { require('internal/readline/keys').emitKeypressEvents(stream, iface); },
  moveCursor: cursor.moveCursor,
};

Object.defineProperty(module.exports, 'promises', {
  __proto__: null, configurable: true, enumerable: true, get() { return require('readline/promises'); },
});
