'use strict';
// util.getSystemErrorMap(): name and text by number, a copy for each caller.
const util = require('util');

const map = util.getSystemErrorMap();
console.log(map.get(-2), map.size > 50);
map.clear();
console.log(util.getSystemErrorMap().size > 50);
