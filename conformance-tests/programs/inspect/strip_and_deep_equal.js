// stripVTControlCharacters() and isDeepStrictEqual().
const util = require('util');

console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m plain \u001b]0;title\u0007end'));
console.log(util.isDeepStrictEqual({ a: [1, new Set([{}])] }, { a: [1, new Set([{}])] }));
console.log(util.isDeepStrictEqual([0], [-0]), util.isDeepStrictEqual(NaN, NaN));
console.log(util.isDeepStrictEqual({ a: 1 }, Object.create({ a: 1 })));
console.log(util.isDeepStrictEqual(new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])));
