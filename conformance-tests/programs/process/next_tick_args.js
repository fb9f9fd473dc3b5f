// nextTick passes arguments on and refuses what can't be called.
process.nextTick((...args) => console.log(args), 1, 'two', null);
process.nextTick(function() { console.log(this === undefined || this === globalThis || typeof this); });
try {
  process.nextTick('not a function');
} catch (err) {
  console.log(err.code, err.message);
}
