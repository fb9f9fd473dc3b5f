// refresh() starts a timer anew, also when it has fired.
let n = 0;
const timer = setTimeout(() => {
  console.log('fired', ++n);
  if (n < 3) timer.refresh();
}, 10);
const delayed = setTimeout(() => console.log('delayed'), 200);
setTimeout(() => delayed.refresh(), 100);
setTimeout(() => console.log('at 250'), 250);
