// Headers are sorted, joined, checked; cookies stay apart.
const headers = new Headers({ 'X-B': '1', Accept: ' text ' });
headers.append('x-b', '2');
headers.append('Set-Cookie', 'a=1');
headers.append('set-cookie', 'b=2');
console.log([...headers], headers.getSetCookie());
console.log(headers.get('X-b'), headers.get('none'), headers.has('accept'));
headers.delete('ACCEPT');
headers.set('x-b', '3');
console.log(Object.fromEntries(headers.entries()));
for (const f of [() => headers.set('bad name', '1'), () => headers.set('a', 'b\nc'), () => new Headers([['a']])]) {
  try {
    f();
    console.log('fine');
  } catch (err) {
    console.log(err.name);
  }
}
