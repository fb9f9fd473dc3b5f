// CreateRequire, and builtins by both names.
import { createRequire } from 'module';
import fs, { readFileSync } from 'fs';
import * as ns from 'node:fs';
const require = createRequire(import.meta.url);
console.log(require('./fixtures/local'), fs === ns.default, readFileSync === fs.readFileSync, require('fs') === fs);
