'use strict';
// require() of a module that awaits, or that imports one, runs nothing of it; import() may have it afterwards. The
// expectation follows the documentation of Node 24.
try {
  require('./fixtures/imports_awaits.mjs');
} catch (error) {
  console.log(error.code, /From .*require_awaiting\.js \n {2}Requiring .*imports_awaits\.mjs/.test(error.message));
}
import('./fixtures/imports_awaits.mjs').then(({ value }) => {
  console.log(value);
  try {
    require('./fixtures/awaits.mjs');
  } catch (error) {
    console.log(error.code);
  }
});
