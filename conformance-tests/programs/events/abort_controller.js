// abort() fires once, with a reason that is a DOMException unless the caller has another.
const controller = new AbortController();
const { signal } = controller;
signal.onabort = (event) => console.log('onabort', event.type, event.isTrusted, event.target === signal);
signal.addEventListener('abort', () => console.log('listener', signal.aborted));
controller.abort();
controller.abort('late');
console.log(signal.reason.name, signal.reason.code, signal.reason.message, signal.reason instanceof DOMException);
console.log(AbortSignal.abort('why').reason);
try { AbortSignal.abort(new Error('thrown')).throwIfAborted(); } catch (error) { console.log(error.message); }
try { new AbortSignal(); } catch (error) { console.log(error.code); }
console.log(controller, [signal]);
