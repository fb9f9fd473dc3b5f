// A stopped program runs neither `catch` nor `finally`.
print('loop', withFuel(1e6, () => {
  try { for (;;); } catch { print('never'); } finally { print('never'); }
}));
// Native loops count too.
print('pattern', withFuel(1e6, () => /(?:a+)+b/.test('a'.repeat(40))));
print('sort', withFuel(1e6, () => new Array(1e6).fill(0).sort((a, b) => b - a)));
print('enough', withFuel(1e6, () => [3, 1, 2].sort().join()));

// Too much memory is an error, and the program goes on.
print('heap', withHeap(8 << 20, () => {
  const list = [];
  try {
    for (;;) list.push(new Array(1000).fill(list));
  } catch (error) {
    return `${error}`;
  }
}));
print('string', withHeap(8 << 20, () => {
  try { return 'x'.repeat(64 << 20).length; } catch (error) { return `${error}`; }
}));
const recurse = () => recurse();
try { recurse(); } catch (error) { print('depth', error); }
