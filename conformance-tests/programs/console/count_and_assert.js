// count() counts by label; assert() speaks only when it fails (on stderr).
console.count();
console.count('x');
console.count();
console.countReset();
console.count();
console.count(undefined);
console.warn = (...args) => console.log('warned:', ...args);
console.assert(true, 'silent');
console.assert(false);
console.assert(false, 'text %s', 'filled');
console.assert(0, { a: 1 });
