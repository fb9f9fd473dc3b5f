'use strict';
// node:repl: read a line, evaluate it, print the result.
// API: https://nodejs.org/docs/latest-v24.x/api/repl.html
// Binding `modules`: evalScript. Lines come from a stream (`input`) or, in the binary's own prompt, from the line editor
// through `feed`. What text means stands in `internal/repl/evaluate`, what Tab offers in `internal/repl/complete`.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { Recoverable, evaluate } = require('internal/repl/evaluate');

const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
const REPL_MODE_STRICT = Symbol('repl-strict');

class REPLServer extends EventEmitter {
  constructor(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
    super();
    const options = typeof prompt === 'object' && prompt !== null ? { ...prompt } :
      { prompt, stream, eval: eval_, useGlobal, ignoreUndefined, replMode };
    if (options.breakEvalOnSigint && options.eval) throw new codes.ERR_INVALID_REPL_EVAL_CONFIG();
    this.input = options.input ?? options.stream ?? (options.native ? null : process.stdin);
    this.output = options.output ?? options.stream ?? process.stdout;
    this.terminal = options.terminal ?? !!this.output.isTTY;
    this.useColors = options.useColors ?? (this.terminal && !!this.output.hasColors?.() && !process.env.NO_COLOR);
    this.useGlobal = !!options.useGlobal;
    this.ignoreUndefined = !!options.ignoreUndefined;
    this.replMode = options.replMode ?? REPL_MODE_SLOPPY;
    this.breakEvalOnSigint = !!options.breakEvalOnSigint;
    this.editorMode = false;
    this.closed = false;
    this.lines = [];
    this.history = [];
    this.last = undefined;
    this.lastError = undefined;
    this.underscoreAssigned = false;
    this._prompt = options.prompt ?? '> ';
    this._buffer = '';
    this._pending = [];
    this._busy = false;
    this._interrupted = false;
    this._onPrompt = options.native?.onPrompt;
    this._inTemplate = false;
    this.commands = { __proto__: null };
    require('internal/repl/commands').define(this);
    this.writer = options.writer ?? defaultWriter;
    this.eval = options.eval ?? evaluate;
    this.completer = options.completer;
    this.context = this.createContext();
    if (this.input) listen(this, this.input);
    process.nextTick(() => this.displayPrompt());
  }

  createContext() {
    const context = globalThis;
    if (!Object.hasOwn(context, 'require')) {
      const Module = require('module');
      Module._initPaths();
      const here = process.cwd() + '/<repl>';
      const main = new Module('<repl>');
      main.filename = here;
      main.paths = Module._nodeModulePaths(process.cwd());
      for (const [name, value] of [['require', Module.createRequire(here)], ['module', main], ['exports', main.exports]]) {
        Object.defineProperty(context, name, { __proto__: null, configurable: true, writable: true, value });
      }
    }
    require('internal/modules/run_main').lazyBuiltins();
    lastValue(this, context, '_', 'last');
    lastValue(this, context, '_error', 'lastError');
    return context;
  }

  resetContext() {
    this.context = this.createContext();
    this.lines = [];
    this.emit('reset', this.context);
  }

  defineCommand(keyword, command) {
    if (typeof command === 'function') command = { action: command };
    require('internal/validators').validateFunction(command.action, 'cmd.action');
    this.commands[keyword] = command;
  }

  setPrompt(prompt) { this._prompt = prompt; }
  getPrompt() { return this._prompt; }

  displayPrompt() {
    if (this.closed) return;
    const text = this._buffer === '' || this.editorMode ? this._prompt : '| ';
    if (this._onPrompt) this._onPrompt(this.editorMode ? '' : text);
    else if (!this.editorMode) this.output.write(text);
  }
  prompt() { this.displayPrompt(); }

  clearBufferedCommand() { this._buffer = ''; }
  write(data) { if (typeof data === 'string') this._pending.push(...data.split('\n').slice(0, -1)); this._next(); }
  pause() { return this; }
  resume() { return this; }

  setupHistory(file, callback) { process.nextTick(callback, null, this); }

  // One line from whoever reads them.
  feed(line) {
    this._interrupted = false;
    this._pending.push(line);
    this._next();
  }

  interrupt() {
    if (this._buffer !== '' || this.editorMode) {
      this.clearBufferedCommand();
      this.editorMode = false;
      this.displayPrompt();
      return;
    }
    if (this._interrupted) {
      this.close();
      return;
    }
    this._interrupted = true;
    this.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
    this.displayPrompt();
  }

  endOfInput() {
    if (!this.editorMode) {
      this.close();
      return;
    }
    this.editorMode = false;
    const text = this._buffer;
    this._buffer = '';
    this._run(text);
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    this.input?.pause?.();
    this._onPrompt?.(null);
    process.nextTick(() => {
      this.emit('exit');
      this.emit('close');
    });
  }

  complete(line, callback) {
    if (typeof this.completer === 'function') {
      if (this.completer.length > 1) this.completer(line, callback);
      else callback(null, this.completer(line));
      return;
    }
    require('internal/repl/complete').complete(this, line, callback);
  }

  _next() {
    while (!this._busy && !this.closed && this._pending.length > 0) this._line(this._pending.shift());
  }

  _line(line) {
    if (this.editorMode) {
      this._buffer += line + '\n';
      this.displayPrompt();
      return;
    }
    const trimmed = line.trim();
    if (trimmed !== '') {
      this.history.unshift(line);
      this.lines.push(line);
    }
    const isCommand = trimmed.startsWith('.') && !(/^\.[0-9]/).test(trimmed) && !inTemplate(this._buffer);
    if (isCommand && this._command(trimmed)) return;
    if (this._buffer === '' && trimmed === '') {
      this.displayPrompt();
      return;
    }
    this._run(this._buffer + line + '\n');
  }

  _command(text) {
    const [, keyword, rest] = (/^\.([^\s]+)\s*(.*)$/).exec(text) ?? [];
    const command = keyword === undefined ? undefined : this.commands[keyword];
    if (command !== undefined) {
      command.action.call(this, rest);
      return true;
    }
    if (this._buffer !== '') return false;
    this.output.write('Invalid REPL keyword\n');
    this.displayPrompt();
    return true;
  }

  _run(code) {
    this._busy = true;
    this.eval(code, this.context, `REPL${REPLServer.counter++}`, (err, value) => {
      this._busy = false;
      this._finish(code, err, value);
      this._next();
    });
  }

  _finish(code, err, value) {
    if (err instanceof Recoverable) {
      this._buffer = code;
      this.displayPrompt();
      return;
    }
    this._buffer = '';
    if (err) {
      this._domainError(err);
    } else {
      if (!this.underscoreAssigned) this.last = value;
      if (value !== undefined || !this.ignoreUndefined) this.output.write(this.writer(value) + '\n');
    }
    this.displayPrompt();
  }

  _domainError(err) {
    this.lastError = err;
    const { inspect } = require('internal/util/inspect');
    let text;
    if (err instanceof Error || require('internal/util/types').isNativeError(err)) {
      const head = `${err.name ?? 'Error'}: ${err.message}`;
      const shown = typeof err.stack === 'string' ? withoutInternals(err.stack) : head;
      const extra = Object.keys(err).length > 0 ? inspect(Object.assign({}, err), { colors: this.useColors }) : '';
      text = `Uncaught ${shown}${extra && ` ${extra}`}`;
    } else {
      text = `Uncaught ${inspect(err, { colors: this.useColors })}`;
    }
    this.output.write(text + '\n');
  }
}
REPLServer.counter = 1;

// The frames of the prompt itself say nothing to whoever typed the line.
function withoutInternals(stack) {
  const lines = stack.split('\n');
  return lines.filter((line) => !(/^ {4}at .*node:(internal|repl|module|events|stream)/).test(line)).join('\n');
}

function defaultWriter(value) {
  const { inspect } = require('internal/util/inspect');
  return inspect(value, { ...defaultWriter.options, colors: this.useColors });
}
defaultWriter.options = { showProxy: true };

// `_` and `_error` follow the prompt until the user takes the name over.
function lastValue(server, context, name, field) {
  Object.defineProperty(context, name, {
    __proto__: null,
    configurable: true,
    get: () => server[field],
    set(value) {
      server[field] = value;
      if (field === 'last' && !server.underscoreAssigned) {
        server.underscoreAssigned = true;
        server.output.write('Expression assignment to _ now disabled.\n');
      }
    },
  });
}

function inTemplate(text) {
  return require('internal/repl/evaluate').openState(text) === '`';
}

function listen(server, input) {
  let rest = '';
  input.setEncoding?.('utf8');
  input.on('data', (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop();
    for (let i = 0; i < parts.length; i++) server._pending.push(parts[i]);
    server._next();
  });
  input.on('end', () => {
    if (rest !== '') server.feed(rest);
    server.endOfInput();
  });
}

function start(prompt, source, eval_, useGlobal, ignoreUndefined, replMode) {
  return new REPLServer(prompt, source, eval_, useGlobal, ignoreUndefined, replMode);
}

module.exports = { start, writer: defaultWriter, REPLServer, REPL_MODE_SLOPPY, REPL_MODE_STRICT, Recoverable, repl: undefined };
Object.defineProperty(module.exports, 'builtinModules', {
  __proto__: null,
  enumerable: true,
  get: () => require('module').builtinModules.filter((id) => !id.startsWith('_') && !id.includes('/')),
});
