// pipeline() destroys every stage for one's error, and reports the first.
const { pipeline, PassThrough, Readable, Transform } = require('stream');

const bad = new Transform({ transform(chunk, encoding, callback) { callback(new Error('no good')); } });
const last = new PassThrough();
const first = Readable.from(['a', 'b']);
pipeline(first, bad, last, (error) => {
  console.log(error.message);
  console.log(first.destroyed, bad.destroyed, last.destroyed);
});
