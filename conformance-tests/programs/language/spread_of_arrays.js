// Spreading copies what iterating would have given: holes read through the prototype, other arrays' elements as they stand.
const count = function () { return arguments.length; };
const list = [1, 2, 3];
console.log([...list, ...list], count(...list, 0, ...list));
console.log([, ...list].length, 0 in [, ...list]);
console.log([...[1, , 3]], 1 in [...[1, , 3]]);

// A hole may have a value behind it.
Array.prototype[1] = 'proto';
console.log([...[1, , 3]], ((a, b) => b)(...[1, , 3]));
delete Array.prototype[1];

// The copy is the literal's own.
const copy = [...list];
copy.push(4);
list[0] = 'changed';
console.log(copy, list);

// Many elements, in a literal, a call and a construction.
const many = Array.from({ length: 5000 }, (_, index) => index);
const twice = [...many, 'between', ...many];
console.log(twice.length, twice[4999], twice[5000], twice[5001], twice[10000]);
console.log(Math.max(...many), count(...many, ...many), new Array(...many).length);
console.log(count.apply(null, many), count.bind(null, 1, 2)(...many));

// An array that grows while it is iterated by a changed iterator.
const values = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function* () { yield 'own'; };
console.log(String([...many].join()), count(...many));
Array.prototype[Symbol.iterator] = values;
console.log([...many].length);
