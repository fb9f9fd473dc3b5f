// A module that throws is not cached.
for (let i = 0; i < 2; i++) {
  try {
    require('./fixtures/throws');
  } catch (e) {
    console.log(e.message);
  }
}
console.log(Object.keys(require.cache).length);
