// Timers fire by due time; those of one duration in the order of their starts.
setTimeout(() => console.log('30'), 30);
setTimeout(() => console.log('10 a'), 10);
setTimeout(() => console.log('20'), 20);
setTimeout(() => console.log('10 b'), 10);
setTimeout(() => console.log('1'), 1);
setTimeout(() => console.log('0'), 0);
setTimeout(() => console.log('none'));
