// The check phase runs the immediates that it found, and skips those that an
// earlier one cleared. What they queue waits for the next iteration.
let doomed;
setImmediate(() => {
  console.log('first');
  clearImmediate(doomed);
  setImmediate(() => console.log('next iteration'));
});
doomed = setImmediate(() => console.log('never'));
setImmediate(() => {
  console.log('last of this iteration');
  process.nextTick(() => console.log('its nextTick'));
});
