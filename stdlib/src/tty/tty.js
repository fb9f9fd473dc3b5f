'use strict';
// node:tty: terminals as streams.
// API: https://nodejs.org/docs/latest-v24.x/api/tty.html
// Binding `tty`: isatty, getWindowSize, setRawMode.

const native = binding('tty');
const { codes } = require('internal/errors');

exports.isatty = function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && native.isatty(fd);
};

let classes;
function load() {
  if (classes !== undefined) return classes;
  const net = require('net');
  const { SyncWriteStream } = require('internal/process/stdio');
  classes = { ReadStream, WriteStream };

  function ReadStream(fd, options) {
    if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
    if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
    if (!native.isatty(fd)) throw initFailed();
    Reflect.apply(net.Socket, this, [{ fd, readable: true, writable: false, manualStart: true, ...options }]);
    this.isRaw = false;
    this.isTTY = true;
    this.fd = fd;
  }
  Object.setPrototypeOf(ReadStream.prototype, net.Socket.prototype);
  Object.setPrototypeOf(ReadStream, net.Socket);
  ReadStream.prototype.setRawMode = function(flag) {
    flag = !!flag;
    native.setRawMode(this.fd, flag);
    this.isRaw = flag;
    return this;
  };

  function WriteStream(fd) {
    if (!(this instanceof WriteStream)) return new WriteStream(fd);
    if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
    if (!native.isatty(fd)) throw initFailed();
    SyncWriteStream.call(this, fd, 'tty');
    const size = native.getWindowSize(fd);
    if (size) {
      this.columns = size[0];
      this.rows = size[1];
    }
    if (fd < 3) watchSize(this);
  }
  Object.setPrototypeOf(WriteStream.prototype, SyncWriteStream.prototype);
  Object.setPrototypeOf(WriteStream, SyncWriteStream);
  WriteStream.prototype.isTTY = true;
  WriteStream.prototype.getWindowSize = function() { return [this.columns, this.rows]; };
  WriteStream.prototype._refreshSize = function() {
    const size = native.getWindowSize(this.fd);
    if (!size || (size[0] === this.columns && size[1] === this.rows)) return;
    this.columns = size[0];
    this.rows = size[1];
    this.emit('resize');
  };
  WriteStream.prototype.getColorDepth = function(env) {
    return require('internal/tty_colors').getColorDepth(env);
  };
  WriteStream.prototype.hasColors = function(count, env) {
    return require('internal/tty_colors').hasColors.call(this, count, env);
  };
  for (const name of ['clearLine', 'clearScreenDown', 'cursorTo', 'moveCursor']) {
    WriteStream.prototype[name] = function(...args) { return require('readline')[name](this, ...args); };
  }
  return classes;
}

// A program that never waits for 'resize' must not be kept alive by the signal; the handler asks the terminal anew.
function watchSize(stream) {
  stream.on('newListener', function listen(name) {
    if (name !== 'resize') return;
    stream.removeListener('newListener', listen);
    process.on('SIGWINCH', () => stream._refreshSize());
  });
}

function initFailed() {
  return new codes.ERR_TTY_INIT_FAILED({ code: 'EINVAL', message: 'invalid argument', errno: -22, syscall: 'uv_tty_init' });
}

for (const name of ['ReadStream', 'WriteStream']) {
  Object.defineProperty(exports, name, { __proto__: null, configurable: true, enumerable: true, get: () => load()[name] });
}
