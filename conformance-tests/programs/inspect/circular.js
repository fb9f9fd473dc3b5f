// A reference to an object that is still open is numbered, and so is the object.
const { inspect } = require('util');

const tree = { name: 'root', children: [] };
const leaf = { parent: tree };
leaf.self = leaf;
tree.children.push(leaf);
console.log(inspect(tree, { depth: 5 }));
const map = new Map();
map.set('me', map);
console.log(inspect(map));
