'use strict';

// internal/glob: glob patterns as regular expressions, for path.matchesGlob and fs.glob.
// Understands `*`, `?`, `**` between slashes, `[a-z]` and `[!a-z]` (with POSIX classes), `{a,b}` and `{1..5}`, and the
// extended forms `?(a|b)`, `*(…)`, `+(…)`, `@(…)`, `!(…)`. A name that begins with a dot is matched by a pattern that
// does so too. Paths and patterns are divided by `/`.
// API: https://nodejs.org/docs/latest-v24.x/api/path.html#pathmatchesglobpath-pattern

const posixClasses = {
  __proto__: null,
  alnum: 'a-zA-Z0-9', alpha: 'a-zA-Z', ascii: '\\x00-\\x7f', blank: ' \\t', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9',
  graph: '\\x21-\\x7e', lower: 'a-z', print: '\\x20-\\x7e', punct: '!-\\/:-@\\[-`{-~', space: '\\s', upper: 'A-Z',
  word: 'a-zA-Z0-9_', xdigit: 'a-fA-F0-9',
};
const maxExpansions = 10000;

/**
 * @param {string} pattern
 * @param {{ nocase?: boolean }} [options]
 * @returns {RegExp} for whole paths
 */
function compile(pattern, options) {
  const alternatives = expandBraces(pattern).map(compilePath);
  return new RegExp(`^(?:${alternatives.join('|')})$`, options && options.nocase ? 'i' : '');
}

/** `a{b,c}d` is `abd` and `acd`; what has no comma and no range stays as it is. */
function expandBraces(pattern) {
  const done = [];
  const waiting = [pattern];
  while (waiting.length > 0) {
    const next = waiting.pop();
    const group = findBraces(next);
    if (group === undefined || done.length + waiting.length > maxExpansions) {
      done.push(next);
      continue;
    }
    for (let i = group.parts.length - 1; i >= 0; i--) waiting.push(group.head + group.parts[i] + group.tail);
  }
  return done;
}

function findBraces(pattern) {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    if (pattern[open - 1] === '\\' || pattern[open - 1] === '$') continue;
    const cuts = [open];
    let depth = 0;
    for (let i = open; i < pattern.length; i++) {
      const char = pattern[i];
      if (char === '\\') {
        i++;
      } else if (char === '{') {
        depth++;
      } else if (char === ',' && depth === 1) {
        cuts.push(i);
      } else if (char === '}' && --depth === 0) {
        cuts.push(i);
        const parts = splitBraces(pattern, cuts);
        if (parts === undefined) break;
        return { head: pattern.slice(0, open), tail: pattern.slice(i + 1), parts };
      }
    }
  }
}

function splitBraces(pattern, cuts) {
  if (cuts.length > 2) {
    const parts = [];
    for (let i = 1; i < cuts.length; i++) parts.push(pattern.slice(cuts[i - 1] + 1, cuts[i]));
    return parts;
  }
  return expandRange(pattern.slice(cuts[0] + 1, cuts[1]));
}

/** `1..3`, `a..e`, `01..10`, `1..9..2`. */
function expandRange(text) {
  const range = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/.exec(text);
  if (range === null) return undefined;
  const letters = range[3] !== undefined;
  const first = letters ? range[3].charCodeAt(0) : Number(range[1]);
  const last = letters ? range[4].charCodeAt(0) : Number(range[2]);
  const step = Math.max(1, Math.abs(Number(range[5] || 1)));
  const width = !letters && /^-?0\d|\.\.-?0\d/.test(text) ? Math.max(range[1].length, range[2].length) : 0;
  const parts = [];
  for (let n = 0; n <= Math.abs(last - first) && parts.length < maxExpansions; n += step) {
    const value = first < last ? first + n : first - n;
    if (letters) parts.push(String.fromCharCode(value));
    else parts.push(value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0'));
  }
  return parts;
}

function compilePath(pattern) {
  const segments = pattern.split('/');
  let source = '';
  for (let i = 0; i < segments.length; i++) {
    const last = i === segments.length - 1;
    if (segments[i] !== '**') {
      source += compileSegment(segments[i]) + (last ? '' : '/');
    } else if (last) {
      // `a/**` is what is below `a`, and `a/` itself.
      source += '(?:(?!\\.)[^/]+(?:/(?!\\.)[^/]+)*)?/?';
    } else {
      source += '(?:(?!\\.)[^/]+/)*';
    }
  }
  return source;
}

function compileSegment(segment) {
  if (segment === '') return '';
  const magicFirst = /^[*?[]|^[+@!]\(/.test(segment);
  // A wildcard doesn't stand for a leading dot, nor for nothing at all.
  const guard = magicFirst ? '(?!\\.)(?=[^/])' : '';
  return guard + compileText(segment, { at: 0 }, '');
}

/** Up to one of the characters in `stop`, or to the end. */
function compileText(text, cursor, stop) {
  let source = '';
  while (cursor.at < text.length) {
    const char = text[cursor.at];
    if (stop.includes(char) && stop !== '') return source;
    if (text[cursor.at + 1] === '(' && '?*+@!'.includes(char)) {
      const group = compileExtended(text, cursor, stop);
      if (group !== undefined) {
        source += group;
        continue;
      }
    }
    cursor.at++;
    if (char === '*') source += source.endsWith('[^/]*') ? '' : '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') source += compileClass(text, cursor);
    else if (char === '\\' && cursor.at < text.length) source += escape(text[cursor.at++]);
    else source += escape(char);
  }
  return source;
}

function compileExtended(text, cursor, stop) {
  const start = cursor.at;
  const kind = text[start];
  cursor.at += 2;
  const alternatives = [];
  while (cursor.at < text.length) {
    alternatives.push(compileText(text, cursor, '|)'));
    if (text[cursor.at++] !== ')') continue;
    const either = alternatives.join('|');
    if (kind === '!') {
      // What must not follow is one of the alternatives and then the rest of the pattern.
      const rest = compileText(text, { at: cursor.at }, stop);
      return `(?!(?:${either})${rest}${stop === '' ? '(?:$|/)' : ''})[^/]*?`;
    }
    return `(?:${either})${kind === '@' ? '' : kind}`;
  }
  cursor.at = start;
  return undefined;
}

function compileClass(text, cursor) {
  let at = cursor.at;
  const negated = text[at] === '!' || text[at] === '^';
  if (negated) at++;
  let source = '';
  for (let first = true; at < text.length; first = false) {
    const char = text[at];
    if (char === ']' && !first) {
      cursor.at = at + 1;
      return `[${negated ? '^/' : ''}${source}]`;
    }
    const named = /^\[:(\w+):\]/.exec(text.slice(at, at + 12));
    if (named !== null && posixClasses[named[1]] !== undefined) {
      source += posixClasses[named[1]];
      at += named[0].length;
    } else if (char === '\\' && at + 1 < text.length) {
      source += escape(text[at + 1]);
      at += 2;
    } else {
      source += char === '-' ? '-' : escape(char);
      at++;
    }
  }
  return '\\[';
}

function escape(char) {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}

module.exports = { compile, expandBraces };
