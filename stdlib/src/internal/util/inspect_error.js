'use strict';
// util.inspect() of errors: the stack with the class and tag in its first line, extra keys, cause and errors.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilinspectobject-options
// Binding: none.

const errorToString = Error.prototype.toString;
const isPrototypeOf = Object.prototype.isPrototypeOf;
const hasOwn = Object.prototype.hasOwnProperty;
const ErrorPrototype = Error.prototype;

/**
 * @returns {string|object} finished text, or the keys and base for the general layout
 */
function shapeError(state, error, depth, name, tag, tools, protoProps) {
  const keys = tools.shownKeys(error, state.options.showHidden);
  let base;
  try {
    base = errorText(state, error, name, tag, keys, tools);
  } catch {
    // A getter of name, message or stack threw.
    const fallback = Object.prototype.toString.call(error);
    return keys.length === 0 ? `[${fallback}]` : { keys, prefix: `${fallback} `, base: '', list: undefined };
  }
  if (keys.length === 0 && protoProps === undefined) return base;
  return { keys, prefix: '', base, list: undefined };
}

function errorText(state, error, name, tag, keys, tools) {
  const { message } = error;
  let stack = stackOf(state, error, tools);
  if (!state.options.showHidden) dropRepeatedKeys(error, keys, stack);
  if (hasOwn.call(error, 'cause') && !keys.includes('cause')) keys.push('cause');
  if (hasOwn.call(error, 'errors') && Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  stack = nameInStack(stack, error, name, tag, tools);

  // Frames begin after the message, which may itself look like frames.
  let from = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  if (from !== -1) from += message.length;
  const frames = stack.indexOf('\n    at', from);
  if (frames === -1) {
    stack = `[${stack}]`;
  } else {
    let lines = framesOf(state, error, stack.slice(frames + 1), tools);
    if (state.options.colors) lines = colorFrames(state, lines);
    stack = `${stack.slice(0, frames)}\n${lines.join('\n')}`;
  }
  if (state.indent > 0) stack = stack.replaceAll('\n', `\n${' '.repeat(state.indent)}`);
  return stack;
}

// The stack, or what Error.prototype.toString gives when there is none. A stack that is no string is inspected.
function stackOf(state, error, tools) {
  const stack = tools !== undefined && state.options[tools.hideStacks] ? undefined : error.stack;
  if (typeof stack === 'string' && stack !== '') return stack;
  const header = errorToString.call(error);
  if (!stack || tools === undefined) return header;
  state.seen.push(error);
  state.indent += 4;
  const text = tools.formatValue(state, stack, 0, false);
  state.indent -= 4;
  state.seen.pop();
  const lines = text.startsWith('[') && text.endsWith(']') && Array.isArray(stack) && !text.includes('\n') ?
    `[\n${text.slice(2, -2).split(', ').map((line) => `      ${line}`).join(',\n')}\n    ]` : text;
  return `${header}\n    ${lines}`;
}

// Enumerable name, message and stack say nothing new when the stack contains them.
function dropRepeatedKeys(error, keys, stack) {
  if (keys.length === 0) return;
  for (const key of ['name', 'message', 'stack']) {
    const index = keys.indexOf(key);
    if (index !== -1 && (typeof error[key] !== 'string' || stack.includes(error[key]))) keys.splice(index, 1);
  }
}

// Makes the first line name the class: `Foo [TypeError]: message`, `[Error: null prototype]: message`.
function nameInStack(stack, error, constructor, tag, tools) {
  const name = error.name === undefined || error.name === null ? 'Error' : `${error.name}`;
  let length = name.length;
  const isRegular = stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (typeof error.name !== 'string' && error.name !== undefined && error.name !== null && isRegular && constructor !== null) {
    return `${name} [${tools.prefixOf(constructor, tag, 'Error', '').slice(0, -1)}]${stack.slice(length)}`;
  }
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][\w [\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([\w-]*Error)$/.exec(stack);
    fallback = start === null ? '' : start[1];
    length = fallback.length;
    fallback = fallback || 'Error';
  } else if (!(name.endsWith('Error') && isRegular)) {
    return stack;
  }
  const prefix = tools.prefixOf(constructor, tag, fallback, '').slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

function isError(value) {
  return typeof value === 'object' && value !== null && isPrototypeOf.call(ErrorPrototype, value);
}

// The frames as lines; those that the cause repeats are counted instead of shown.
function framesOf(state, error, text, tools) {
  const lines = text.split('\n');
  const cause = hasOwn.call(error, 'cause') ? error.cause : undefined;
  if (!isError(cause)) return lines;
  const causeStack = stackOf(state, cause, undefined);
  const start = causeStack.indexOf('\n    at');
  if (start === -1) return lines;
  const { len, offset } = identicalSequenceRange(lines, causeStack.slice(start + 1).split('\n'));
  if (len > 3) {
    const skipped = len - 2;
    lines.splice(offset + 1, skipped,
                 state.stylize(`    ... ${skipped} lines matching cause stack trace ...`, 'undefined'));
  }
  return lines;
}

/**
 * The first long run of lines of `a` (at least four) that `b` has too.
 * @returns {{ len: number, offset: number }}
 */
function identicalSequenceRange(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const position = b.indexOf(a[i]);
    if (position === -1) continue;
    const rest = b.length - position;
    if (rest <= 3) continue;
    let len = 1;
    const most = Math.min(a.length - i, rest);
    while (len < most && a[i + len] === b[position + len]) len++;
    if (len > 3) return { len, offset: i };
  }
  return { len: 0, offset: 0 };
}

const coreFrame = /^ {4}at (?:[^/\\(]+ \()?node:.+:\d+:\d+\)?$/;

// Frames of the core library and the working directory recede, packages in node_modules are underlined.
function colorFrames(state, lines) {
  let cwd;
  try {
    cwd = process.cwd();
  } catch {
    cwd = undefined;
  }
  const prefixes = [];
  if (cwd !== undefined && cwd !== '/') {
    prefixes.push(`${require('internal/util/inspect_rare').fileUrl(cwd)}/`, `${cwd}/`);
  }
  return lines.map((line) => {
    if (coreFrame.test(line)) return state.stylize(line, 'undefined');
    line = line.replace(/node_modules\/(@[^/]+\/[^/]+|[^/]+)/g, (whole, name) => `node_modules/${state.stylize(name, 'module')}`);
    for (const prefix of prefixes) {
      const at = line.indexOf(prefix);
      if (at === -1) continue;
      const bracket = at > 0 && line[at - 1] === '(' && line.endsWith(')');
      const start = bracket ? at - 1 : at;
      const rest = line.slice(at + prefix.length, bracket ? -1 : undefined);
      return line.slice(0, start) + state.stylize(`${bracket ? '(' : ''}${prefix}`, 'undefined') + rest +
        (bracket ? state.stylize(')', 'undefined') : '');
    }
    return line;
  });
}

module.exports = { shapeError, identicalSequenceRange, isError };
