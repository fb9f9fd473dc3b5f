function show(what, object) { print(what.padEnd(22), layout(object)); }

// The same names in the same order: the same shape.
function Point(x, y) { this.x = x; this.y = y; }
const p = new Point(1, 2), q = new Point(3, 4);
show('new Point', p);
show('another', q);
show('{ x, y }', { x: 1, y: 2 });
show('{ y, x }', { y: 1, x: 2 });

// One more name leads to a shape that grows from the one before; the last name can be taken back.
q.z = 5;
show('q.z = 5', q);
delete q.z;
show('delete q.z', q);
delete q.x;
show('delete q.x', q);

// Used as a map.
const map = {};
for (let i = 0; i < 200; i++) map['key' + i] = i;
print('200 names'.padEnd(22), layout(map).slice(0, 24) + ' ...');

// Indexed properties.
const list = [1, 2, 3];
show('[1, 2, 3]', list);
list[5] = 6;
show('list[5] = 6', list);
list[1e6] = 7;
show('list[1e6] = 7', list);
show('{ 0: 1, a: 2 }', { 0: 1, a: 2 });
show('Object.freeze([1])', Object.freeze([1]));
