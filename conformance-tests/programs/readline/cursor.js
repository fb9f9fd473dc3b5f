// The control sequences of cursor moves and clearing.
const { PassThrough } = require('stream');
const readline = require('readline');
const out = new PassThrough().setEncoding('utf8');
const show = (name, ...args) => {
  readline[name](out, ...args);
  console.log(name, args, JSON.stringify(out.read()));
};
show('cursorTo', 4);
show('cursorTo', 1, 2);
show('moveCursor', -3, 2);
show('clearLine', -1);
show('clearLine', 0);
show('clearScreenDown');
try {
  readline.cursorTo(out, 'x', 1);
} catch (err) {
  console.log(err.code);
}
