// Writes to stdout keep their order, tell when they are done, and aren't lost by exit().
process.stdout.write('a', () => console.log('(a written)'));
process.stdout.write(Buffer.from('b\n'));
console.log(process.stdout.fd, process.stderr.fd, process.stdin.fd);
process.stdout.write('68690a', 'hex');
setImmediate(() => {
  process.stdout.write('x'.repeat(70) + '\n');
  process.exit();
});
