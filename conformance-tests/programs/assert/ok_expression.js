// assert.ok() shows the expression from the source file.
const assert = require('assert');

function report(error) {
  console.log(error.generatedMessage, error.message);
}
try {
  assert(1 > 2);
} catch (error) {
  report(error);
}
try {
  assert.ok(typeof 123 === 'string');
} catch (error) {
  report(error);
}
try {
  assert.ok(0, 'own message');
} catch (error) {
  report(error);
}
try {
  assert();
} catch (error) {
  report(error);
}
