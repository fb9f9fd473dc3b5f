function getX(object) { return object.x; }
function show(what) { print(what.padEnd(22), instructions(getX)); }
class A { constructor() { this.x = 1; } }
class B extends A { constructor() { super(); this.y = 2; } }
class C { get x() { return 3; } }
class D { }
D.prototype.x = 4;

show('never run');
getX(new A);
show('an A');
getX(new B);
show('then a B');

function getY(object) { return object.x; }
getY(new D);
print('inherited'.padEnd(22), instructions(getY));
function getZ(object) { return object.x; }
getZ(new C);
print('a getter'.padEnd(22), instructions(getZ));
function getLength(list) { return list.length; }
getLength([]);
print('length of an array'.padEnd(22), instructions(getLength));
function add(object) { object.k = 1; }
add(new A);
print('a property added'.padEnd(22), instructions(add));
add({ __proto__: null, k: 0 });
print('then one overwritten'.padEnd(22), instructions(add));

for (let i = 0; i < 9; i++) getX({ ['other' + i]: 0, x: 0 });
show('nine shapes more');
