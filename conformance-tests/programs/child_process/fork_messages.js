// fork() starts this program again, with a channel for messages.
if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send({ got: message, connected: process.connected });
    if (message === 'bye') process.disconnect();
  });
} else {
  const child = require('child_process').fork(__filename, ['child']);
  child.on('message', (message) => console.log(message));
  let disconnected;
  child.on('disconnect', () => { disconnected = !child.connected; });
  child.on('close', (code) => console.log('close', code, disconnected));
  child.send({ list: [1, 'zwei', null], text: 'ü\n' });
  console.log(child.send('bye', (err) => console.log('sent', err)));
}
