// File URLs to paths and back.
'use strict';
const { fileURLToPath, pathToFileURL } = require('url');
console.log(pathToFileURL('/a b/c%d/#x?y').href, pathToFileURL('/x/').href);
console.log(fileURLToPath('file:///a%20b/%25'), fileURLToPath(new URL('file:///%E2%82%AC')), fileURLToPath('file://localhost/x'));
for (const value of ['http://a/', 'file://host/x', 'file:///a%2Fb', 5]) {
  try { fileURLToPath(value); } catch (error) { console.log(error.code, error.message); }
}
