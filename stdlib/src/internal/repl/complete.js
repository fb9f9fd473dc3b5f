'use strict';
// What Tab offers at the prompt: commands, modules, properties along the prototype chain, names in scope.
// Binding `modules`: evalScript. Only plain chains of names are evaluated, so that pressing Tab calls no function.

const native = binding('modules');

const KEYWORDS = ['async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete',
                  'do', 'else', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'import', 'in',
                  'instanceof', 'let', 'new', 'null', 'return', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var',
                  'void', 'while', 'with', 'yield'];

exports.complete = function complete(server, line, callback) {
  const command = (/^\s*\.(\w*)$/).exec(line);
  if (command) {
    callback(null, [starting(Object.keys(server.commands), command[1]).sort(), command[1]]);
    return;
  }
  const request = (/\b(?:require|import)\s*\(\s*(['"`])([^'"`]*)$/).exec(line);
  if (request) {
    callback(null, [starting(modules(), request[2]).sort(), request[2]]);
    return;
  }
  const chain = (/(?:([\w$]+(?:\??\.[\w$]+)*)(\??\.))?([\w$]*)$/).exec(line);
  const [, object, dot, prefix] = chain;
  if (object !== undefined) {
    const names = starting(properties(object), prefix).map((name) => `${object}${dot}${name}`);
    callback(null, [names, `${object}${dot}${prefix}`]);
    return;
  }
  if (prefix === '' && line.trim() !== '') {
    callback(null, [[], prefix]);
    return;
  }
  callback(null, [starting([...chainNames(globalThis), ...KEYWORDS], prefix).sort(), prefix]);
};

function starting(names, prefix) {
  return [...new Set(names)].filter((name) => name.startsWith(prefix));
}

function modules() {
  const ids = require('module').builtinModules.filter((id) => !id.startsWith('_'));
  return [...ids, ...ids.filter((id) => !id.startsWith('node:')).map((id) => `node:${id}`)];
}

function properties(expression) {
  let value;
  try {
    value = native.evalScript(expression, 'REPL', false);
  } catch {
    return [];
  }
  if (value === undefined || value === null) return [];
  return chainNames(Object(value));
}

function chainNames(start) {
  const names = [];
  for (let object = start; object !== null && names.length < 5000; object = Object.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) if ((/^[A-Za-z_$][\w$]*$/).test(name)) names.push(name);
  }
  return names;
}
