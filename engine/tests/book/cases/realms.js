const other = newRealm();
const list = other.eval('[1, 2, 3]');
print('other prototype', list instanceof Array, list instanceof other.Array);
print('still an array', Array.isArray(list), [0].concat(list).length);
print('one heap', other.eval('(object) => object')(list) === list);
print('symbols', other.Symbol.iterator === Symbol.iterator, other.Symbol.for('a') === Symbol.for('a'));
try {
  other.eval('(function () { null.x })')();
} catch (error) {
  print('who throws', error instanceof TypeError, error instanceof other.TypeError);
}
// A bare constructor falls back to the prototype of its own realm.
const bare = new other.Function();
bare.prototype = null;
print('fallback', Object.getPrototypeOf(new bare()) === other.Object.prototype);
