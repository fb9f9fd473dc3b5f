// unref() lets the process end; ref() and hasRef(); closing is clearing.
const timer = setTimeout(() => console.log('never'), 1e6);
console.log(timer.hasRef(), timer.unref() === timer, timer.hasRef(), timer.ref().hasRef(), timer.unref().hasRef());
const immediate = setImmediate(() => console.log('immediate'));
console.log(immediate.hasRef(), immediate.unref().hasRef(), immediate.ref().hasRef());
setTimeout(() => console.log('never either'), 1).close();
setInterval(() => console.log('never'), 1e6).unref();
process.on('exit', (code) => console.log('exit', code));
