'use strict';
// util.MIMEType and util.MIMEParams, after the MIME Sniffing standard (https://mimesniff.spec.whatwg.org/).
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#class-utilmimetype
// Binding: none.

const { codes } = require('internal/errors');

const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const notQuoted = /[^\t\u0020-~\u0080-\u00FF]/;
const endSpace = /[\t\n\r ]+$/;

function toAsciiLower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function invalid(production, text, position) {
  return new codes.ERR_INVALID_MIME_SYNTAX(production, text, position);
}

// `type/subtype` and the rest behind the first semicolon.
function parseTypeAndSubtype(text) {
  const start = text.search(/[^\t\n\r ]/);
  const source = start === -1 ? '' : text.slice(start);
  const slash = source.indexOf('/');
  const type = slash === -1 ? source : source.slice(0, slash);
  const badType = type.search(notToken);
  if (type === '' || slash === -1 || badType !== -1) throw invalid('type', text, badType);
  const semicolon = source.indexOf(';', slash);
  const subtype = source.slice(slash + 1, semicolon === -1 ? undefined : semicolon).replace(endSpace, '');
  const badSubtype = subtype.search(notToken);
  if (subtype === '' || badSubtype !== -1) throw invalid('subtype', text, badSubtype);
  return {
    type: toAsciiLower(type),
    subtype: toAsciiLower(subtype),
    rest: semicolon === -1 ? '' : source.slice(semicolon + 1),
  };
}

// A quoted string beginning at `at`: its value, and where it ends.
function readQuoted(text, at) {
  let value = '';
  let i = at + 1;
  for (; i < text.length; i++) {
    if (text[i] === '"') return { value, end: i + 1 };
    if (text[i] === '\\') {
      if (i + 1 === text.length) {
        value += '\\';
        break;
      }
      i++;
    }
    value += text[i];
  }
  return { value, end: text.length };
}

function escapeValue(value) {
  if (value !== '' && !notToken.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

class MIMEParams {
  #data = new Map();

  delete(name) {
    this.#data.delete(`${name}`);
  }

  get(name) {
    return this.#data.get(`${name}`) ?? null;
  }

  has(name) {
    return this.#data.has(`${name}`);
  }

  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    const badName = name.search(notToken);
    if (name === '' || badName !== -1) throw invalid('parameter name', name, badName);
    const badValue = value.search(notQuoted);
    if (badValue !== -1) throw invalid('parameter value', value, badValue);
    this.#data.set(name, value);
  }

  * entries() {
    yield* this.#data.entries();
  }

  * keys() {
    yield* this.#data.keys();
  }

  * values() {
    yield* this.#data.values();
  }

  toString() {
    let text = '';
    for (const [name, value] of this.#data) text += `${text === '' ? '' : ';'}${name}=${escapeValue(value)}`;
    return text;
  }

  // https://mimesniff.spec.whatwg.org/#parse-a-mime-type, step 11: what makes no sense is skipped.
  static parse(text, params) {
    let at = 0;
    while (at < text.length) {
      while (at < text.length && /[\t\n\r ]/.test(text[at])) at++;
      let end = at;
      while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
      const name = toAsciiLower(text.slice(at, end));
      at = end;
      if (at >= text.length || text[at] === ';') {
        at++;
        continue;
      }
      at++;
      let value;
      if (text[at] === '"') {
        ({ value, end } = readQuoted(text, at));
        const next = text.indexOf(';', end);
        at = next === -1 ? text.length : next + 1;
      } else {
        const next = text.indexOf(';', at);
        value = text.slice(at, next === -1 ? undefined : next).replace(endSpace, '');
        at = next === -1 ? text.length : next + 1;
        if (value === '') continue;
      }
      if (name !== '' && !notToken.test(name) && !notQuoted.test(value) && !params.#data.has(name)) {
        params.#data.set(name, value);
      }
    }
    return params;
  }
}

Object.defineProperty(MIMEParams.prototype, Symbol.iterator, {
  __proto__: null, configurable: true, value: MIMEParams.prototype.entries, writable: true,
});
Object.defineProperty(MIMEParams.prototype, 'toJSON', {
  __proto__: null, configurable: true, value: MIMEParams.prototype.toString, writable: true,
});
const { parse: parseParams } = MIMEParams;
delete MIMEParams.parse;

class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(text) {
    text = `${text}`;
    const { type, subtype, rest } = parseTypeAndSubtype(text);
    this.#type = type;
    this.#subtype = subtype;
    this.#params = parseParams(rest, new MIMEParams());
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    const bad = value.search(notToken);
    if (value === '' || bad !== -1) throw invalid('type', value, bad);
    this.#type = toAsciiLower(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    const bad = value.search(notToken);
    if (value === '' || bad !== -1) throw invalid('subtype', value, bad);
    this.#subtype = toAsciiLower(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = this.#params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
}

Object.defineProperty(MIMEType.prototype, 'toJSON', {
  __proto__: null, configurable: true, value: MIMEType.prototype.toString, writable: true,
});

module.exports = { MIMEType, MIMEParams };
