// Codes of failed imports.
for (const s of ['./none.mjs', 'nothing', './fixtures', '#x', 'node:nothing', 'http://x/y', './fixtures/a%2fb.js']) {
  try {
    await import(s);
  } catch (e) {
    console.log(s, e.name, e.code);
  }
}
