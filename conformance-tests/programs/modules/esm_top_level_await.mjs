// Top-level await orders with the rest of the program.
console.log('start');
setTimeout(() => console.log('timeout'), 1);
process.nextTick(() => console.log('tick'));
await new Promise((ok) => setTimeout(ok, 20));
console.log('after await');
export {};
