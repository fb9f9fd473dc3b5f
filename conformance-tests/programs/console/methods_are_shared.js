// The other methods go through console.log, so replacing it redirects them.
const seen = [];
const original = console.log;
console.log = (...args) => seen.push(args);
console.group('label');
console.count('c');
console.dirxml(1, 2);
console.groupEnd();
console.log = original;
console.log(seen);
console.log(Object.prototype.toString.call(console), typeof console.Console, require('console') === console);
