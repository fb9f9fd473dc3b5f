// EventTarget: each listener once per type and capture flag; handleEvent objects; once; a throwing listener stops nobody.
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
const target = new EventTarget();
const twice = (event) => console.log('twice?', event.type);
target.addEventListener('x', twice);
target.addEventListener('x', twice);
target.addEventListener('x', twice, { capture: true });
target.addEventListener('x', { handleEvent(event) { console.log('object', this !== target, event.target === target); } });
target.addEventListener('x', () => { throw new Error('from a listener'); }, { once: true });
target.addEventListener('x', (event) => console.log('last', event.isTrusted));
console.log(target.dispatchEvent(new Event('x')));
console.log('--');
target.removeEventListener('x', twice);
console.log(target.dispatchEvent(new Event('x')));
