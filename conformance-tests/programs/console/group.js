// Groups indent every line, also of multi-line values.
console.group('outer');
console.log('one');
console.group();
console.log('two\nlines');
console.log({ key: 'x'.repeat(40), other: 'y'.repeat(40) });
console.groupEnd();
console.log('back');
console.groupEnd();
console.groupEnd();
console.log('level 0');
console.groupCollapsed('collapsed');
console.log('in');
