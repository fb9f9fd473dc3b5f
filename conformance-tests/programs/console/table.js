// table() draws rows and columns, and prints what is no table as log() does. (Node 20 centres the cells, Node 24 aligns
// them to the left: the lines are compared without spaces.)
const lines = [];
console.log = (text) => lines.push(text);
console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
console.table([[1, 2], [3, 4]]);
console.table(new Map([['k', 1]]));
console.table(new Set(['v']));
console.table([{ a: 1, b: 2 }], ['b']);
console.table(['p', { q: 1 }]);
console.table('no table');
process.stdout.write(lines.join('\n').replaceAll(' ', '').replaceAll('─', '') + '\n');
