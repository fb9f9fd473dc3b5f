// finished() tells a proper end from a premature close.
const { finished, PassThrough } = require('stream');

const good = new PassThrough();
finished(good, (error) => console.log('good', error));
good.resume();
good.end('x');

const cut = new PassThrough();
finished(cut, (error) => console.log('cut', error.code));
cut.destroy();

const late = new PassThrough();
late.destroy(new Error('before'));
late.on('error', () => {});
late.on('close', () => finished(late, (error) => console.log('late', error.message)));
