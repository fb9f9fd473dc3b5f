// JSON, a hashbang line, a file without extension, a folder with index.json.
console.log(require('./fixtures/data'), require('./fixtures/hash'), require('./fixtures/noext'), require('./fixtures/dir'));
try {
  require('./fixtures/bad.json');
} catch (e) {
  console.log(e.name, e.message.includes('bad.json: '));
}
