// Durations that don't fit become 1, with a warning that says so.
process.on('warning', (w) => console.log(w.name, JSON.stringify(w.message)));
setTimeout(() => console.log('fired'), 2 ** 31);
clearTimeout(setTimeout(() => {}, Infinity));
setTimeout(() => console.log('text'), '2');
