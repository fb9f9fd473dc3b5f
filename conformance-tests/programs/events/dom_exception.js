// DOMException: names, their legacy numbers, and its place among errors.
const e = new DOMException('text', 'DataCloneError');
console.log(e.name, e.message, e.code, DOMException.DATA_CLONE_ERR, e instanceof Error, `${e}`);
console.log(new DOMException().name, new DOMException('x', 'Unknown').code, new DOMException('x', { name: 'AbortError', cause: 1 }).cause);
console.log(Object.prototype.toString.call(e), Object.keys(DOMException).length);
