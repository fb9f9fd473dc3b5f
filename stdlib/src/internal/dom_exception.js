'use strict';

// internal/dom_exception: DOMException, the error of web APIs: a name from a fixed list, and the number it once had.
// API: https://nodejs.org/docs/latest-v24.x/api/globals.html#class-domexception, https://webidl.spec.whatwg.org/#idl-DOMException
//
// Instances are real errors (they have a stack, Error.isError() holds), yet the class does not inherit from Error's
// constructor, as Web IDL asks. Hence the constructor returns an error that it made, with its data in a WeakMap.

const { codes } = require('internal/errors');

// Legacy constant and the name that carries its number; the three without a name went out of use earlier.
const legacyCodes = [
  ['INDEX_SIZE_ERR', 'IndexSizeError'],
  ['DOMSTRING_SIZE_ERR', undefined],
  ['HIERARCHY_REQUEST_ERR', 'HierarchyRequestError'],
  ['WRONG_DOCUMENT_ERR', 'WrongDocumentError'],
  ['INVALID_CHARACTER_ERR', 'InvalidCharacterError'],
  ['NO_DATA_ALLOWED_ERR', undefined],
  ['NO_MODIFICATION_ALLOWED_ERR', 'NoModificationAllowedError'],
  ['NOT_FOUND_ERR', 'NotFoundError'],
  ['NOT_SUPPORTED_ERR', 'NotSupportedError'],
  ['INUSE_ATTRIBUTE_ERR', 'InUseAttributeError'],
  ['INVALID_STATE_ERR', 'InvalidStateError'],
  ['SYNTAX_ERR', 'SyntaxError'],
  ['INVALID_MODIFICATION_ERR', 'InvalidModificationError'],
  ['NAMESPACE_ERR', 'NamespaceError'],
  ['INVALID_ACCESS_ERR', 'InvalidAccessError'],
  ['VALIDATION_ERR', undefined],
  ['TYPE_MISMATCH_ERR', 'TypeMismatchError'],
  ['SECURITY_ERR', 'SecurityError'],
  ['NETWORK_ERR', 'NetworkError'],
  ['ABORT_ERR', 'AbortError'],
  ['URL_MISMATCH_ERR', 'URLMismatchError'],
  ['QUOTA_EXCEEDED_ERR', 'QuotaExceededError'],
  ['TIMEOUT_ERR', 'TimeoutError'],
  ['INVALID_NODE_TYPE_ERR', 'InvalidNodeTypeError'],
  ['DATA_CLONE_ERR', 'DataCloneError'],
];

const codeOfName = new Map();
const slots = new WeakMap();

function slotsOf(exception) {
  const data = slots.get(exception);
  if (data === undefined) throw new codes.ERR_INVALID_THIS('DOMException');
  return data;
}

class DOMException {
  /**
   * @param {string} [message]
   * @param {string | { name?: string, cause?: any }} [options] the name, or an object with name and cause
   */
  constructor(message = '', options = 'Error') {
    const exception = Reflect.construct(Error, [], new.target);
    const data = { message: `${message}`, name: 'Error' };
    slots.set(exception, data);
    if (options !== null && typeof options === 'object') {
      if (options.name !== undefined) data.name = `${options.name}`;
      if ('cause' in options) {
        Object.defineProperty(exception, 'cause', {
          __proto__: null, value: options.cause, writable: true, enumerable: false, configurable: true,
        });
      }
    } else {
      data.name = `${options}`;
    }
    return exception;
  }

  get name() { return slotsOf(this).name; }
  get message() { return slotsOf(this).message; }
  get code() { return codeOfName.get(slotsOf(this).name) ?? 0; }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, {
  name: { __proto__: null, enumerable: true },
  message: { __proto__: null, enumerable: true },
  code: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, value: 'DOMException', configurable: true },
});

for (let i = 0; i < legacyCodes.length; i++) {
  const [constant, name] = legacyCodes[i];
  const descriptor = { __proto__: null, value: i + 1, enumerable: true };
  Object.defineProperty(DOMException, constant, descriptor);
  Object.defineProperty(DOMException.prototype, constant, descriptor);
  if (name !== undefined) codeOfName.set(name, i + 1);
}

module.exports = { DOMException };
