// hrtime counts on, as pairs and as big integers; uptime is in seconds.
const start = process.hrtime();
const big = process.hrtime.bigint();
const [seconds, nanos] = process.hrtime(start);
console.log(seconds >= 0, nanos >= 0 && nanos < 1e9, typeof big, process.hrtime.bigint() >= big);
console.log(process.uptime() > 0 && process.uptime() < 60);
try {
  process.hrtime(1);
} catch (err) {
  console.log(err.code);
}
