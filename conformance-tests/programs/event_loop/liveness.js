// Only what is ref'd keeps the loop alive. When nothing does, beforeExit runs,
// and work that it schedules brings the loop back.
setTimeout(() => console.log('never: nobody waits for it'), 1000).unref();
const kept = setTimeout(() => console.log('kept'), 1);
kept.unref();
kept.ref();

let again = true;
process.on('beforeExit', () => {
  console.log('beforeExit');
  if (again) setImmediate(() => console.log('once more'));
  again = false;
});
process.on('exit', () => console.log('exit'));
