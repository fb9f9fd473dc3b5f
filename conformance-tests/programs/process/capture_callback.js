// A capture callback takes errors before the listeners do.
process.on('uncaughtException', () => console.log('not called'));
console.log(process.hasUncaughtExceptionCaptureCallback());
process.setUncaughtExceptionCaptureCallback((err) => console.log('captured', err.message));
console.log(process.hasUncaughtExceptionCaptureCallback());
try {
  process.setUncaughtExceptionCaptureCallback(() => {});
} catch (err) {
  console.log(err.code);
}
throw new Error('one');
