'use strict';
// internal/fs/glob_pattern: what a glob means, without looking at any file.
// API: https://nodejs.org/docs/latest-v24.x/api/fs.html#fsglobpattern-options-callback, path.matchesGlob
// Binding functions: none.
//
// A pattern is first multiplied out of its braces; each of the results is a list of parts:
//
//   'a/{b,*.js}/**'  ->  ['a', 'b', GLOBSTAR]  and  ['a', /^[^/]*\.js$/, GLOBSTAR]
//
// A part is a string that a name must equal, a regular expression that it must match, or GLOBSTAR: any number of names.

const GLOBSTAR = Symbol('**');

const MAX_RESULTS = 10000; // of one pattern's braces

/** Multiplies the braces out: 'a{b,c}' is 'ab' and 'ac', '{1..3}' the numbers. Braces without a comma stay text. */
function expandBraces(pattern) {
  const results = [];
  const pending = [pattern];
  while (pending.length > 0 && results.length < MAX_RESULTS) {
    const text = pending.pop();
    const group = firstGroup(text);
    if (group === null) {
      results.push(text);
      continue;
    }
    const head = text.slice(0, group.start);
    const tail = text.slice(group.end + 1);
    for (let i = group.choices.length - 1; i >= 0; i--) pending.push(head + group.choices[i] + tail);
  }
  return results;
}

// The first pair of braces that offers a choice: { start, end, choices }.
function firstGroup(text) {
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('{', start + 1)) {
    if (text[start - 1] === '\\') continue;
    let depth = 0;
    let from = start + 1;
    const choices = [];
    for (let i = start; i < text.length; i++) {
      const c = text[i];
      if (c === '\\') i++;
      else if (c === '{') depth++;
      else if (c === ',' && depth === 1) {
        choices.push(text.slice(from, i));
        from = i + 1;
      } else if (c === '}' && --depth === 0) {
        choices.push(text.slice(from, i));
        const range = choices.length === 1 ? numberRange(choices[0]) : choices;
        if (range !== null) return { start, end: i, choices: range };
        break;
      }
    }
  }
  return null;
}

function numberRange(text) {
  const match = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
  if (match === null) return null;
  const from = Number(match[1]);
  const to = Number(match[2]);
  const step = from <= to ? 1 : -1;
  const numbers = [];
  for (let n = from; numbers.length < MAX_RESULTS; n += step) {
    numbers.push(String(n));
    if (n === to) break;
  }
  return numbers;
}

const SPECIAL = /[*?[\]\\()!+@|]/;

/** One name of a pattern as a string, a regular expression, or GLOBSTAR. */
function compilePart(part) {
  if (part === '**') return GLOBSTAR;
  if (!SPECIAL.test(part)) return part;
  const source = toRegExp(part, 0, '').source;
  // A leading dot has to be written out: neither * nor ? stands for it.
  const guard = part.startsWith('.') || part.startsWith('\\.') ? '' : '(?!\\.)';
  try {
    return new RegExp(`^${guard}${source}$`, 's');
  } catch {
    return part;
  }
}

function escape(c) {
  return /[\\^$.*+?()[\]{}|/-]/.test(c) ? `\\${c}` : c;
}

// Translates from `at` to the end, or to a '|' or ')' of the group that `closing` says we are in.
function toRegExp(part, at, closing) {
  let source = '';
  while (at < part.length) {
    const c = part[at];
    if (closing !== '' && (c === ')' || c === '|')) break;
    if (part[at + 1] === '(' && '?*+@!'.includes(c) && part.indexOf(')', at) !== -1) {
      const group = extGroup(part, at);
      source += group.source;
      at = group.at;
    } else if (c === '*') {
      while (part[at + 1] === '*') at++;
      source += '[^/]*?';
      at++;
    } else if (c === '?') {
      source += '[^/]';
      at++;
    } else if (c === '[') {
      const set = bracketSet(part, at);
      source += set.source;
      at = set.at;
    } else if (c === '\\' && at + 1 < part.length) {
      source += escape(part[at + 1]);
      at += 2;
    } else {
      source += escape(c);
      at++;
    }
  }
  return { source, at };
}

// ?(a|b) *(a|b) +(a|b) @(a|b) !(a|b)
function extGroup(part, at) {
  const kind = part[at];
  const choices = [];
  at += 1;
  do {
    const choice = toRegExp(part, at + 1, ')');
    choices.push(choice.source);
    at = choice.at;
  } while (part[at] === '|');
  at++;
  const body = choices.join('|');
  if (kind === '!') {
    const rest = toRegExp(part, at, '').source;
    return { source: `(?!(?:${body})${rest}$)[^/]*?`, at };
  }
  return { source: `(?:${body})${kind === '@' ? '' : kind}`, at };
}

// [abc] [a-z] [!a] [^a] [[:alpha:]]; a bracket that never ends is text.
function bracketSet(part, at) {
  let end = at + 1;
  if (part[end] === '!' || part[end] === '^') end++;
  if (part[end] === ']') end++;
  while (end < part.length && part[end] !== ']') {
    if (part[end] === '[' && part[end + 1] === ':') end = Math.max(part.indexOf(':]', end), end) + 1;
    end++;
  }
  if (end >= part.length) return { source: '\\[', at: at + 1 };
  let body = part.slice(at + 1, end);
  let negated = '';
  if (body[0] === '!' || body[0] === '^') {
    negated = '^/';
    body = body.slice(1);
  }
  body = body.replace(/[\\\][^]/g, (c) => `\\${c}`);
  body = body.replace(/\\\[:(\w+):\\\]/g, (all, name) => POSIX_CLASSES[name] ?? all);
  return { source: `[${negated}${body}]`, at: end + 1 };
}

const POSIX_CLASSES = {
  __proto__: null,
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

/**
 * @param {string} pattern
 * @returns {Array<{root: string, parts: Array}>} one for each choice of the braces
 */
function compile(pattern) {
  return expandBraces(pattern).map((text) => {
    const root = text.startsWith('/') ? '/' : '';
    const parts = text.split('/').filter((part) => part !== '' && part !== '.').map(compilePart);
    const simple = parts.filter((part, i) => part !== GLOBSTAR || parts[i - 1] !== GLOBSTAR);
    return { root, parts: simple, wantsDirectory: text.endsWith('/') };
  });
}

function matchesPart(part, name) {
  return typeof part === 'string' ? part === name : part.test(name);
}

// Whether names[n…] match parts[p…].
function matchesFrom(parts, p, names, n) {
  while (p < parts.length) {
    if (parts[p] === GLOBSTAR) {
      for (let rest = n; rest <= names.length; rest++) {
        if (matchesFrom(parts, p + 1, names, rest)) return true;
        if (rest < names.length && names[rest].startsWith('.')) return false;
      }
      return false;
    }
    if (n >= names.length || !matchesPart(parts[p], names[n])) return false;
    p++;
    n++;
  }
  return n === names.length;
}

/** Whether a path matches a pattern, by its text alone. */
function matchesGlob(path, pattern) {
  const root = path.startsWith('/') ? '/' : '';
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return compile(pattern).some((glob) => glob.root === root && matchesFrom(glob.parts, 0, names, 0));
}

module.exports = { GLOBSTAR, compile, matchesGlob, matchesPart };
