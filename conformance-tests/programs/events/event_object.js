// What an Event says of itself; preventDefault() counts only if it is cancelable; stopImmediatePropagation() ends it.
const target = new EventTarget();
target.addEventListener('a', (event) => event.preventDefault());
target.addEventListener('b', (event) => event.stopImmediatePropagation());
target.addEventListener('b', () => console.log('never'));
console.log(target.dispatchEvent(new Event('a')), target.dispatchEvent(new Event('a', { cancelable: true })));
const event = new Event('b', { bubbles: true, composed: true });
console.log(target.dispatchEvent(event), event.cancelBubble, event.bubbles, event.composed, event.currentTarget);
console.log(`${event}`, event.composedPath(), Event.AT_TARGET, typeof event.timeStamp);
console.log(new CustomEvent('c', { detail: { n: 1 } }).detail, new CustomEvent('c').detail);
for (const f of [() => new Event(), () => new Event('x', 1), () => target.dispatchEvent({}), () => target.addEventListener('x')]) {
  try { f(); } catch (error) { console.log(error.code, error.message); }
}
