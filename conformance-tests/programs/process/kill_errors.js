// What process.kill() refuses.
for (const args of [['x'], [process.pid, 'SIGNOPE'], [process.pid, 1000], [2 ** 30, 0]]) {
  try {
    process.kill(...args);
  } catch (err) {
    console.log(err.name, err.code, err.syscall);
  }
}
