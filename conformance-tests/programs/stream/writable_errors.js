// Writing after end() and after destroy() fails, with codes.
const { Writable } = require('stream');

const make = () => new Writable({ write(chunk, encoding, callback) { callback(); } });

const ended = make();
ended.on('error', (error) => console.log('event', error.code));
ended.end();
ended.write('x', (error) => console.log('callback', error.code));

const destroyed = make();
destroyed.destroy();
destroyed.write('x', (error) => console.log('callback', error.code));

for (const chunk of [null, 5]) {
  try {
    make().write(chunk);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
