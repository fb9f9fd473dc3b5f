// URLSearchParams, alone and belonging to a URL.
'use strict';
const params = new URLSearchParams('?a=1&b=2+3&a=%C3%A9&c');
console.log(params, params.get('a'), params.getAll('a'), params.has('c', ''), params.size, `${params}`);
params.append('d', '&=');
params.set('a', '9');
params.delete('b');
params.sort();
console.log(`${params}`, [...params.keys()], [...params.values()], params.entries());
console.log(`${new URLSearchParams({ x: 1, y: [2] })}`, `${new URLSearchParams([['p', 'q']])}`, new URLSearchParams());
const url = new URL('http://a/?x=1');
url.searchParams.append('y', ' ');
console.log(url.href, (url.search = '?z', [...url.searchParams]));
for (const init of [[1], [['a']], [['a', 'b', 'c']]]) {
  try { new URLSearchParams(init); } catch (error) { console.log(error.code, error.message); }
}
