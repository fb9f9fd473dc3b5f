'use strict';
// internal/child_process/channel: messages between a parent and a child that it forked.
// API: https://nodejs.org/docs/latest-v24.x/api/child_process.html#subprocesssendmessage-sendhandle-options-callback
// Binding net: newPipe.
//
// The channel is a socket pair. A message is a line of JSON or, with serialization: 'advanced', a length of four bytes
// (big-endian) and as many bytes of v8.serialize(). A child finds its end's number in NODE_CHANNEL_FD. Messages
// whose `cmd` starts with NODE_ are the runtime's own and become 'internalMessage'. Handles can't be sent: that needs a
// loop that passes descriptors on.

const EventEmitter = require('events');
const { codes } = require('internal/errors');

const kPrefix = 'NODE_';
const EOF = -4095;

function noop() {}

/** The end of a channel, `subprocess.channel` and `process.channel`. */
class Channel extends EventEmitter {
  #handle;
  #refs = 0;
  #isExplicit = false;

  constructor(handle) {
    super();
    this.#handle = handle;
  }

  ref() {
    this.#isExplicit = true;
    this.#handle?.ref();
  }

  unref() {
    this.#isExplicit = true;
    this.#handle?.unref();
  }

  // A listener keeps the channel of a child alive, unless the program has decided that itself.
  refCounted() {
    if (++this.#refs === 1 && !this.#isExplicit) this.#handle?.ref();
  }

  unrefCounted() {
    if (--this.#refs === 0 && !this.#isExplicit) this.#handle?.unref();
  }

  hasRef() { return this.#handle ? this.#handle.hasRef() : false; }
  get fd() { return this.#handle ? this.#handle.fd : -1; }
  forget() { this.#handle = undefined; }
}

// How messages stand in the stream: `write(handle, message, done)` sends one, `read(buffer, take)` gives `take` each one
// that the bytes complete.
function jsonCodec() {
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    write: (handle, message, done) => handle.writeString(`${JSON.stringify(message)}\n`, 'utf8', done),
    read(buffer, take) {
      const lines = (rest + decoder.write(buffer)).split('\n');
      rest = lines.pop();
      for (let i = 0; i < lines.length; i++) if (lines[i] !== '') take(JSON.parse(lines[i]));
    },
  };
}

function advancedCodec() {
  const { serialize, deserialize } = require('v8');
  let parts = [];
  let length = 0;
  // Bytes that the next message needs: first those of its length, then its own.
  let needed = 4;
  return {
    write(handle, message, done) {
      const body = serialize(message);
      const frame = Buffer.allocUnsafe(4 + body.length);
      frame.writeUInt32BE(body.length, 0);
      body.copy(frame, 4);
      return handle.writeBuffer(frame, done);
    },
    read(buffer, take) {
      // The buffer may be the loop's own, which the next read overwrites.
      parts.push(Buffer.from(buffer));
      length += buffer.length;
      if (length < needed) return;
      let bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
      while (bytes.length >= 4) {
        const end = 4 + bytes.readUInt32BE(0);
        needed = end;
        if (bytes.length < end) break;
        const message = deserialize(bytes.subarray(4, end));
        bytes = bytes.subarray(end);
        needed = 4;
        take(message);
      }
      parts = [bytes];
      length = bytes.length;
    },
  };
}

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > kPrefix.length && message.cmd.startsWith(kPrefix);
}

/**
 * Gives `target` (a ChildProcess, or `process` in a child) its end of a channel.
 * @param {object} handle a pipe handle
 * @param {'json' | 'advanced'} mode
 * @param {() => void} onClosed called once when the channel has closed
 */
function setup(target, handle, mode, onClosed) {
  const codec = mode === 'advanced' ? advancedCodec() : jsonCodec();
  const channel = new Channel(handle);
  let isOpen = true;
  let waiting = [];
  target.channel = channel;
  Object.defineProperty(target, '_channel', { __proto__: null, configurable: true, enumerable: true,
                                              get() { return target.channel; }, set(value) { target.channel = value; } });
  target.connected = true;

  // Messages wait in a child whose program has no listener yet.
  function deliver(message, isTick) {
    if (isInternal(message)) {
      target.emit('internalMessage', message, undefined);
    } else if (target === process && target.listenerCount('message') === 0 && waiting !== undefined) {
      waiting.push(message);
    } else if (isTick) {
      target.emit('message', message, undefined);
    } else {
      process.nextTick(() => target.emit('message', message, undefined));
    }
  }

  if (target === process) {
    target.on('newListener', function flush(name) {
      if (name !== 'message' || waiting === undefined) return;
      const messages = waiting;
      waiting = undefined;
      process.nextTick(() => { for (let i = 0; i < messages.length; i++) deliver(messages[i], true); });
    });
  }

  handle.onread = function(nread, buffer) {
    if (nread > 0) {
      codec.read(buffer, (message) => deliver(message, false));
      return;
    }
    if (nread === 0) return;
    close(nread === EOF ? undefined : nread);
  };

  function close() {
    if (!isOpen) return;
    isOpen = false;
    handle.onread = noop;
    target.connected = false;
    target.channel = null;
    handle.close(noop);
    channel.forget();
    process.nextTick(() => {
      target.emit('disconnect');
      onClosed();
    });
  }

  target.send = function send(message, sendHandle, options, callback) {
    if (typeof sendHandle === 'function') {
      callback = sendHandle;
      sendHandle = undefined;
      options = undefined;
    } else if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined) {
      require('internal/validators').validateObject(options, 'options');
    }
    if (this.connected) return this._send(message, sendHandle, options, callback);
    const error = new codes.ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.emit('error', error));
    return false;
  };

  target._send = function _send(message, sendHandle, options, callback) {
    if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
    if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
      throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    if (sendHandle !== undefined && sendHandle !== null) {
      throw new codes.ERR_INVALID_HANDLE_TYPE();
    }
    if (!isOpen) return false;
    const done = (status) => {
      const error = status < 0 ? require('internal/errors').errnoException(status, 'write') : null;
      if (typeof callback === 'function') callback(error);
      else if (error && !options?.swallowErrors) target.emit('error', error);
    };
    const result = codec.write(handle, message, done);
    if (result < 0) {
      // The other side has gone; that it has is told by 'disconnect'.
      if (typeof callback === 'function' || !options?.swallowErrors) process.nextTick(done, result);
      return false;
    }
    if (result === 0 && typeof callback === 'function') process.nextTick(callback, null);
    return handle.writeQueueSize() < 65536 * 2;
  };

  target.disconnect = function disconnect() {
    if (!this.connected) {
      this.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };

  // What is queued is written first: the end follows it.
  target._disconnect = function _disconnect() {
    target.connected = false;
    if (handle.writeQueueSize() === 0) process.nextTick(close);
    else handle.shutdown(() => close());
  };

  handle.readStart();
  return channel;
}

/** In a child that was forked: `process.send()` and its kin. */
function setupChild() {
  const fd = Number(process.env.NODE_CHANNEL_FD);
  const mode = process.env.NODE_CHANNEL_SERIALIZATION_MODE || 'json';
  delete process.env.NODE_CHANNEL_FD;
  delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
  if (!Number.isInteger(fd) || fd < 0) return;
  const handle = binding('net').newPipe();
  if (handle.open(fd) < 0) return;
  handle.unref();
  const channel = setup(process, handle, mode, noop);
  process.on('newListener', (name) => {
    if (name === 'message' || name === 'disconnect') channel.refCounted();
  });
  process.on('removeListener', (name) => {
    if (name === 'message' || name === 'disconnect') channel.unrefCounted();
  });
}

module.exports = { setup, setupChild };
