'use strict';
// `--import` runs a module to its end, top-level await included, before the program starts.
console.log(preloaded, require.main === module);
