'use strict';
// How many colours a terminal has, judged by the environment.
// API: https://nodejs.org/docs/latest-v24.x/api/tty.html#writestreamgetcolordepthenv
// Binding: none. The result is in bits: 1 (none), 4 (16), 8 (256), 24 (16 million).

const NONE = 1;
const C16 = 4;
const C256 = 8;
const C16M = 24;

// Terminals by the beginning, or the middle, of TERM.
const TERMS = {
  __proto__: null,
  'eterm': C16, 'cons25': C16, 'console': C16, 'cygwin': C16, 'dtterm': C16, 'gnome': C16, 'hurd': C16, 'jfbterm': C16,
  'konsole': C16, 'kterm': C16, 'mlterm': C16M, 'mosh': C16M, 'putty': C16, 'st': C16,
  'rxvt-unicode-24bit': C16M, 'terminator': C16M, 'xterm-kitty': C16M,
};
const TERM_PATTERNS = [/ansi/, /color/, /linux/, /direct/, /^con[0-9]*x[0-9]/, /^rxvt/, /^screen/, /^xterm/, /^vt100/, /^vt220/];

const warnedAbout = new Set();

function warnOnce(forced, ignored) {
  if (warnedAbout.has(ignored)) return;
  warnedAbout.add(ignored);
  process.emitWarning(`The '${ignored}' env is ignored due to the '${forced}' env being set.`, 'Warning');
}

/**
 * @param {Record<string, string>} [env]
 * @returns {number} bits
 */
function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    const depth = forcedDepth(env.FORCE_COLOR);
    if (depth !== NONE) {
      if (env.NODE_DISABLE_COLORS !== undefined) warnOnce('FORCE_COLOR', 'NODE_DISABLE_COLORS');
      if (env.NO_COLOR !== undefined) warnOnce('FORCE_COLOR', 'NO_COLOR');
    }
    return depth;
  }
  if ((env.NODE_DISABLE_COLORS !== undefined && env.NODE_DISABLE_COLORS !== '') ||
      (env.NO_COLOR !== undefined && env.NO_COLOR !== '') || env.TERM === 'dumb') {
    return NONE;
  }
  if (process.platform === 'win32') return windowsDepth();
  if (env.TMUX) return C16M;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return C16;
  if ('CI' in env) return ciDepth(env);
  if ('TEAMCITY_VERSION' in env) return /^(?:9\.0*[1-9]\d*\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? C16 : NONE;
  switch (env.TERM_PROGRAM) {
    case 'iTerm.app':
      return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? C256 : C16M;
    case 'HyperTerm':
    case 'MacTerm':
      return C16M;
    case 'Apple_Terminal':
      return C256;
    default:
      break;
  }
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return C16M;
  return termDepth(env);
}

function forcedDepth(value) {
  switch (value) {
    case '':
    case '1':
    case 'true':
      return C16;
    case '2':
      return C256;
    case '3':
      return C16M;
    default:
      return NONE;
  }
}

function windowsDepth() {
  const [major, , build] = require('os').release().split('.').map(Number);
  if (major < 10) return C16;
  return build >= 14931 ? C16M : build >= 10586 ? C256 : C16;
}

function ciDepth(env) {
  for (const name of ['CIRCLECI', 'GITEA_ACTIONS', 'GITHUB_ACTIONS']) {
    if (name in env) return name === 'CIRCLECI' ? C256 : C16M;
  }
  for (const name of ['APPVEYOR', 'BUILDKITE', 'DRONE', 'GITLAB_CI', 'TRAVIS']) {
    if (name in env) return C256;
  }
  return env.CI_NAME === 'codeship' ? C256 : NONE;
}

function termDepth(env) {
  if (env.TERM) {
    if (/truecolor/.test(env.TERM)) return C16M;
    if (/^xterm-256/.test(env.TERM)) return C256;
    const term = env.TERM.toLowerCase();
    if (TERMS[term] !== undefined) return TERMS[term];
    if (TERM_PATTERNS.some((pattern) => pattern.test(term))) return C16;
  }
  return env.COLORTERM ? C16 : NONE;
}

/**
 * @param {number|object} [count] how many colours are needed, at least 2; or the environment
 * @param {Record<string, string>} [env]
 * @returns {boolean}
 */
function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    require('internal/validators').validateInteger(count, 'count', 2);
  }
  return count <= 2 ** getColorDepth(env);
}

module.exports = { getColorDepth, hasColors };
