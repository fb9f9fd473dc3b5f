// AbortSignal.any() follows its first aborted source; timeout() aborts with a TimeoutError.
const a = new AbortController();
const b = new AbortController();
const any = AbortSignal.any([a.signal, b.signal]);
const nested = AbortSignal.any([any]);
nested.addEventListener('abort', () => console.log('nested', nested.reason));
any.addEventListener('abort', () => console.log('any', any.reason));
b.abort('b');
a.abort('a');
console.log(any.reason, AbortSignal.any([]).aborted, AbortSignal.any([AbortSignal.abort(7)]).reason);
const timeout = AbortSignal.timeout(5);
timeout.onabort = () => console.log(timeout.reason.name, timeout.reason.message, timeout.reason.code);
setTimeout(() => {}, 20);
