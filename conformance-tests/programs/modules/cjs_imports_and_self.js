// Package imports and self-reference. An import that maps to a core module works in Node 24 (20 refuses it in CommonJS).
const m = require('./fixtures/uses_imports');
console.log(m.all);
console.log(m.fail('#none'), m.fail('fixture/other'), m.fail('#'));
