'use strict';
// util.parseArgs(): command-line arguments into options and positionals.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilparseargsconfig
// Binding: none.
//
// How it works. `tokenize` splits the arguments by form alone (with the option definitions deciding which options take
// a value), `checkOption` applies strict mode, and `store` fills `values`. Defaults come last.

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateBooleanArray, validateObject, validateString, validateStringArray,
        validateUnion } = require('internal/validators');

const hasOwn = Object.hasOwn;

function mainArgs() {
  const { execArgv, argv } = process;
  const evaluates = execArgv.some((arg) => arg === '-e' || arg === '--eval' || arg === '-p' || arg === '--print' || arg === '-pe');
  return argv.slice(evaluates ? 1 : 2);
}

function parseArgs(config = {}) {
  validateObject(config, 'config');
  const args = config.args ?? mainArgs();
  const strict = config.strict ?? true;
  const allowPositionals = config.allowPositionals ?? !strict;
  const returnTokens = config.tokens ?? false;
  const allowNegative = config.allowNegative ?? false;
  const options = config.options ?? { __proto__: null };
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  for (const name of Object.keys(options)) validateDefinition(name, options[name]);

  const settings = { strict, allowPositionals, allowNegative, options };
  const tokens = tokenize(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) checkOption(token, settings);
      storeToken(token, settings, result.values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    const value = ownValue(options[name], 'default');
    if (value !== undefined && name !== '__proto__' && !hasOwn(result.values, name)) result.values[name] = value;
  }
  return result;
}

// Only own properties count: Object.prototype is not part of the configuration.
function ownValue(object, key) {
  return object !== undefined && hasOwn(object, key) ? object[key] : undefined;
}

function validateDefinition(name, definition) {
  const path = `options.${name}`;
  validateObject(definition, path);
  const type = ownValue(definition, 'type');
  validateUnion(type, `${path}.type`, ['string', 'boolean']);
  if (hasOwn(definition, 'short')) {
    validateString(definition.short, `${path}.short`);
    if (definition.short.length !== 1) {
      throw new codes.ERR_INVALID_ARG_VALUE(`${path}.short`, definition.short, 'must be a single character');
    }
  }
  const multiple = ownValue(definition, 'multiple');
  if (hasOwn(definition, 'multiple')) validateBoolean(multiple, `${path}.multiple`);
  const initial = ownValue(definition, 'default');
  if (initial === undefined) return;
  if (type === 'string') (multiple ? validateStringArray : validateString)(initial, `${path}.default`);
  else (multiple ? validateBooleanArray : validateBoolean)(initial, `${path}.default`);
}

function typeOf(name, options) {
  return hasOwn(options, name) ? options[name].type : undefined;
}

function nameOfShort(short, options) {
  for (const name of Object.keys(options)) if (ownValue(options[name], 'short') === short) return name;
  return short;
}

function tokenize(args, options) {
  const tokens = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      while (++index < args.length) tokens.push({ kind: 'positional', index, value: args[index] });
    } else if (typeof arg === 'string' && arg.length > 2 && arg.startsWith('--')) {
      index = pushLong(arg, args, index, options, tokens);
    } else if (typeof arg === 'string' && arg.length > 1 && arg[0] === '-' && arg[1] !== '-') {
      index = pushShorts(arg, args, index, options, tokens);
    } else {
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  return tokens;
}

// `--name`, `--name=value`, `--name value`. Gives the index of the last argument it used.
function pushLong(arg, args, index, options, tokens) {
  const equals = arg.indexOf('=', 3);
  if (equals !== -1) {
    const name = arg.slice(2, equals);
    tokens.push({
      kind: 'option', name, rawName: `--${name}`, index, value: arg.slice(equals + 1), inlineValue: true,
    });
    return index;
  }
  return pushWithNext(arg.slice(2), arg, args, index, options, tokens);
}

// `-a`, `-abc` (flags, the last of which may take a value), `-fvalue`, `-f value`.
function pushShorts(arg, args, index, options, tokens) {
  for (let i = 1; i < arg.length; i++) {
    const short = arg[i];
    const name = nameOfShort(short, options);
    if (i === arg.length - 1) return pushWithNext(name, `-${short}`, args, index, options, tokens);
    if (typeOf(name, options) === 'string') {
      tokens.push({ kind: 'option', name, rawName: `-${short}`, index, value: arg.slice(i + 1), inlineValue: true });
      return index;
    }
    tokens.push({ kind: 'option', name, rawName: `-${short}`, index, value: undefined, inlineValue: undefined });
  }
  return index;
}

function pushWithNext(name, rawName, args, index, options, tokens) {
  const takes = typeOf(name, options) === 'string' && index + 1 < args.length && args[index + 1] !== undefined;
  tokens.push({
    kind: 'option', name, rawName, index,
    value: takes ? args[index + 1] : undefined,
    inlineValue: takes ? false : undefined,
  });
  return takes ? index + 1 : index;
}

// `--no-name` where that negates a known boolean option.
function negated(token, { options, allowNegative }) {
  if (!allowNegative || !token.name.startsWith('no-') || token.value !== undefined) return undefined;
  return token.name.slice(3);
}

function checkOption(token, settings) {
  const { options, allowPositionals } = settings;
  const positive = negated(token, settings);
  if (positive !== undefined && typeOf(positive, options) === 'boolean') return;
  if (!hasOwn(options, token.name)) throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  const short = ownValue(options[token.name], 'short');
  const usage = `${short ? `-${short}, ` : ''}--${token.name}`;
  const type = typeOf(token.name, options);
  if (type === 'string' && typeof token.value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${usage} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value !== undefined && token.value !== null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${usage}' does not take an argument`);
  }
  if (token.inlineValue === false && token.value.length > 1 && token.value[0] === '-') {
    const example = token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${token.rawName}' argument is ambiguous.\n` +
      `Did you forget to specify the option argument for '${token.rawName}'?\n` +
      `To specify an option argument starting with a dash use ${example}.`);
  }
}

function storeToken(token, settings, values) {
  let { name, value } = token;
  if (name === '__proto__') return;
  const positive = negated(token, settings);
  if (positive !== undefined && (!settings.strict || typeOf(positive, settings.options) === 'boolean') &&
      typeOf(positive, settings.options) !== 'string') {
    name = positive;
    value = false;
  } else {
    value ??= true;
  }
  if (ownValue(settings.options[name], 'multiple') && hasOwn(settings.options, name)) {
    if (hasOwn(values, name)) values[name].push(value);
    else values[name] = [value];
  } else {
    values[name] = value;
  }
}

module.exports = { parseArgs };
