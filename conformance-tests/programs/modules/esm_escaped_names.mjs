// Names of CommonJS exports may be written with escapes; half a surrogate pair is no name.
import * as namespace from './fixtures/escaped_names.cjs';

console.log(Object.keys(namespace).filter((name) => name !== 'module.exports'));
