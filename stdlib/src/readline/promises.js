'use strict';
// node:readline/promises: questions that return promises, and cursor moves that are gathered before they are written.
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html#promises-api

const { InterfaceConstructor } = require('internal/readline/interface');
const { clearDownText, clearLineText, cursorToText, moveText } = require('internal/readline/cursor');
const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');

class Interface extends InterfaceConstructor {
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      let done = resolve;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const { addAbortListener } = require('events');
        const listener = addAbortListener(signal, () => {
          this._cancelQuestion();
          reject(new AbortError(undefined, { cause: signal.reason }));
        });
        done = (answer) => {
          listener[Symbol.dispose]();
          resolve(answer);
        };
      }
      super.question(query, done);
    });
  }
}

class Readline {
  #stream;
  #autoCommit = false;
  #texts = [];

  constructor(stream, options = undefined) {
    const { isWritable } = require('internal/streams/utils');
    if (!isWritable(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    this.#stream = stream;
    if (options?.autoCommit !== undefined && options.autoCommit !== null) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
  }

  #add(text) {
    if (text === '') return this;
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(text));
    else this.#texts.push(text);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== undefined && y !== null) validateInteger(y, 'y');
    return this.#add(cursorToText(x, y));
  }

  moveCursor(dx, dy) {
    if (dx || dy) {
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
    }
    return this.#add(moveText(dx, dy));
  }

  clearLine(direction) {
    validateInteger(direction, 'dir', -1, 1);
    return this.#add(clearLineText(direction));
  }

  clearScreenDown() { return this.#add(clearDownText); }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#texts.join(''), resolve);
      this.#texts = [];
    });
  }

  rollback() {
    this.#texts = [];
    return this;
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
