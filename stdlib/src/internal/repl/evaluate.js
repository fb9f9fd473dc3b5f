'use strict';
// What a text at the prompt means: a script, an object literal, a beginning that wants another line, or code with
// top-level `await`.
// Binding `modules`: evalScript.

const native = binding('modules');

class Recoverable extends SyntaxError {
  constructor(err) {
    super();
    this.err = err;
  }
}

const OPEN = { ')': '(', ']': '[', '}': '{' };

// What is still open at the end of a text: '' for nothing, a bracket, '`', a quote, or '/*'.
function openState(text) {
  const stack = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const top = stack[stack.length - 1];
    if (top === '`') {
      if (c === '\\') i++;
      else if (c === '`') stack.pop();
      else if (c === '$' && text[i + 1] === '{') {
        stack.push('${');
        i++;
      }
      continue;
    }
    if (c === '/' && text[i + 1] === '/') {
      const end = text.indexOf('\n', i);
      if (end === -1) break;
      i = end;
    } else if (c === '/' && text[i + 1] === '*') {
      const end = text.indexOf('*/', i + 2);
      if (end === -1) return '/*';
      i = end + 1;
    } else if (c === '"' || c === '\'') {
      const end = stringEnd(text, i);
      if (end === -1) return (/\\\n?$/).test(text) ? c : '';
      i = end;
    } else if (c === '/' && (/(^|[(,=:[!&|?{};+*%~^<>-]|\breturn|\btypeof)\s*$/).test(text.slice(0, i))) {
      const match = (/^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//).exec(text.slice(i));
      if (match) i += match[0].length - 1;
    } else if (c === '`' || c === '(' || c === '[' || c === '{') {
      stack.push(c);
    } else if (c === '}' && top === '${') {
      stack.pop();
    } else if (OPEN[c] !== undefined) {
      if (top !== OPEN[c]) return '';
      stack.pop();
    }
  }
  return stack.pop() ?? '';
}

function stringEnd(text, start) {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[start]) return i;
    else if (text[i] === '\n') return -1;
  }
  return -1;
}

function isRecoverable(err, code) {
  if (openState(code) !== '') return true;
  return (/Unexpected end of input|Unterminated template|missing \) after argument list$/).test(err.message) &&
    !(/\S;\s*$/).test(code);
}

function evaluate(code, context, file, callback) {
  const strict = this?.replMode?.description === 'repl-strict' ? '\'use strict\'; void 0; ' : '';
  const text = code.trim();
  if (text === '') {
    callback(null);
    return;
  }
  if ((/^\{/).test(text) && !(/;$/).test(text)) {
    try {
      callback(null, native.evalScript(`${strict}(${text})`, file, false));
      return;
    } catch (err) {
      if (!(err instanceof SyntaxError)) {
        callback(err);
        return;
      }
    }
  }
  let value;
  try {
    value = native.evalScript(strict + code, file, false);
  } catch (err) {
    if (!isSyntaxErrorOf(err, file)) {
      callback(err);
      return;
    }
    if ((/\bawait\b/).test(code) && evaluateAsync(code, file, callback)) return;
    callback(isRecoverable(err, code) ? new Recoverable(err) : err);
    return;
  }
  callback(null, value);
}

// A SyntaxError of this very text, not one that running it threw.
function isSyntaxErrorOf(err, file) {
  return err instanceof SyntaxError && !(typeof err.stack === 'string' && err.stack.includes(`(${file}:`));
}

// `await` at the top: the text becomes the body of an async function, its declarations become globals.
function evaluateAsync(code, file, callback) {
  const body = code.trim().replace(/;$/, '');
  const hoisted = body.replace(/(^|[;\n]\s*)(?:const|let|var)\s+(?=\{)/g, '$10, ')
    .replace(/(^|[;\n]\s*)(?:const|let|var)\s+/g, '$1');
  const cut = Math.max(hoisted.lastIndexOf(';'), hoisted.lastIndexOf('\n'));
  const declares = hoisted !== body && cut === -1;
  const forms = [`(async () => { return (\n${hoisted}\n); })()`,
                 `(async () => { ${hoisted.slice(0, cut + 1)}; return (${hoisted.slice(cut + 1)}\n); })()`,
                 `(async () => { ${hoisted}\n })()`];
  for (const form of forms) {
    let promise;
    try {
      promise = native.evalScript(form, file, false);
    } catch (err) {
      if (err instanceof SyntaxError) continue;
      callback(err);
      return true;
    }
    promise.then((value) => callback(null, declares ? undefined : value), (err) => callback(err ?? new Error('rejected')));
    return true;
  }
  return false;
}

module.exports = { Recoverable, evaluate, openState };
