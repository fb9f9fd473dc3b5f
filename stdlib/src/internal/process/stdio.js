'use strict';
// process.stdin, process.stdout and process.stderr, made when a program first touches one.
// API: https://nodejs.org/docs/latest-v24.x/api/process.html#process-io
// Files, pipes and terminals are written synchronously, as Node does on Linux.
// Binding `process`: guessHandleType. Binding `stdio`: writeSync.

const native = binding('stdio');
const { Writable } = require('stream');

exports.stdout = () => output(1);
exports.stderr = () => output(2);
exports.stdin = input;

// A Writable whose `_write` is one blocking write: nothing is lost if the process exits right after.
function SyncWriteStream(fd, type) {
  Writable.call(this, { autoDestroy: true, decodeStrings: false, emitClose: false });
  this.fd = fd;
  this._type = type;
  this._isStdio = true;
  this.readable = false;
}
Object.setPrototypeOf(SyncWriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(SyncWriteStream, Writable);
exports.SyncWriteStream = SyncWriteStream;

SyncWriteStream.prototype._write = function(chunk, encoding, cb) {
  try {
    native.writeSync(this.fd, typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8' ?
      Buffer.from(chunk, encoding) : chunk);
  } catch (err) {
    cb(err);
    return;
  }
  cb();
};

SyncWriteStream.prototype.destroySoon = SyncWriteStream.prototype.destroy;
// The three stdio streams are never closed: what is written after a `destroy()` is written all the same.
SyncWriteStream.prototype._destroy = function(err, cb) {
  cb(err);
  this._undestroy();
};

function output(fd) {
  // The global console wrote to the descriptor itself as long as there was no stream.
  require('internal/console/symbols').madeStreams[fd === 1 ? 'stdout' : 'stderr'] = true;
  const type = native.guessHandleType(fd);
  if (type === 'TTY') {
    const { WriteStream } = require('tty');
    const stream = new WriteStream(fd);
    stream._type = 'tty';
    stream._isStdio = true;
    stream._destroy = SyncWriteStream.prototype._destroy;
    return stream;
  }
  if (type === 'INVALID' || type === 'UNKNOWN') {
    const sink = new Writable({ write(chunk, encoding, cb) { cb(); } });
    sink.fd = fd;
    sink._isStdio = true;
    return sink;
  }
  const stream = new SyncWriteStream(fd, type === 'FILE' ? 'fs' : 'pipe');
  return stream;
}

function input() {
  const fd = 0;
  let stream;
  // The channel to the parent may sit on descriptor 0; then there is nothing else to read there.
  switch (process.channel?.fd === fd ? 'CHANNEL' : native.guessHandleType(fd)) {
    case 'TTY':
      stream = new (require('tty').ReadStream)(fd);
      break;
    case 'FILE':
      stream = new (require('fs').ReadStream)(null, { fd, autoClose: false });
      break;
    case 'PIPE':
    case 'TCP':
      stream = new (require('net').Socket)({ fd, readable: true, writable: false, manualStart: true });
      stream._type = 'pipe';
      break;
    default: {
      const { Readable } = require('stream');
      stream = new Readable({ read() {} });
      stream.push(null);
    }
  }
  stream.fd = fd;
  const handle = stream._handle;
  if (handle?.readStop) {
    handle.reading = false;
    stream._readableState.reading = false;
    handle.readStop();
    stream.on('pause', () => {
      if (stream._handle?.reading) {
        stream._handle.reading = false;
        stream._handle.readStop();
        stream._readableState.reading = false;
      }
    });
  }
  return stream;
}
