'use strict';

// internal/tls/handle: what a TLSSocket has for a handle: a TLS session between net.Socket and the real handle.
// Binding tls: session methods; handle methods of binding net.
//
//   TLSSocket  --writeBuffer-->  TLSHandle  --session.write, output-->  handle of binding net (or StreamHandle)
//              <---onread------             <--session.feed, plaintext--
//
// It has the methods of a network handle, so net.Socket works over it unchanged. What is written before the handshake is
// done waits here.

const EOF = -4095;
const ECONNRESET = -104;

class TLSHandle {
  /**
   * @param {object} inner the handle that carries the ciphertext
   * @param {object} session
   * @param {object} owner the TLSSocket; gets _onHello, _onSecure and _onTlsError
   */
  constructor(inner, session, owner) {
    this.inner = inner;
    this.session = session;
    this.owner = owner;
    this.reading = false;
    this.onread = undefined;
    this.secure = false;
    this.failed = false;
    this.ended = false;
    this.atHello = false;
    this.held = null;
    this.paused = [];
    this.waiting = [];
    this.received = 0;
    this.sent = 0;
    const handle = this;
    inner.onread = function(nread, buffer) { handle.onCiphertext(nread, buffer); };
  }

  /** Begins the handshake. */
  start() {
    this.send();
    this.inner.reading = true;
    this.inner.readStart();
  }

  // Sends what the session has ready. Returns what the write returned.
  send(done) {
    const bytes = this.session.output();
    if (bytes === undefined) return 0;
    return this.inner.writeBuffer(bytes, done || ignore);
  }

  onCiphertext(nread, buffer) {
    if (nread < 0) {
      this.end(nread);
      return;
    }
    if (nread === 0 || this.failed) return;
    this.feed(buffer);
  }

  feed(buffer) {
    let failure = null;
    try {
      this.session.feed(buffer);
    } catch (err) {
      failure = err;
    }
    this.progress(failure);
  }

  // Acts on what the session learned.
  progress(failure) {
    this.send();
    if (!this.secure && failure === null) {
      if (!this.atHello && this.session.helloName() !== undefined) {
        this.atHello = true;
        this.owner._onHello(this);
        return;
      }
      if (!this.session.isHandshaking()) {
        this.secure = true;
        this.flush();
        this.owner._onSecure(this);
        if (this.failed) return;
      }
    }
    const plaintext = this.session.plaintext();
    if (plaintext !== undefined) this.deliver(plaintext);
    if (failure !== null) {
      this.failed = true;
      this.owner._onTlsError(failure);
    } else if (this.session.peerClosed()) {
      this.end(EOF);
    }
  }

  /** The server chose a certificate: goes on after the client's hello. */
  accept(context, alpn, askClient, min, max) {
    let failure = null;
    try {
      this.session.accept(context, alpn, askClient, min, max);
    } catch (err) {
      failure = err;
    }
    this.progress(failure);
  }

  deliver(plaintext) {
    if (!this.reading) {
      this.paused.push(plaintext);
      return;
    }
    this.received += plaintext.length;
    if (this.onread) this.onread(plaintext.length, plaintext);
  }

  end(nread) {
    if (this.ended) return;
    this.ended = true;
    if (!this.secure) {
      this.failed = true;
      this.owner._onEarlyEnd(nread);
      return;
    }
    // A connection that ends without the TLS way of saying so ends all the same.
    this.held = nread;
    this.drain();
  }

  // Gives the reader what came while it was paused.
  drain() {
    while (this.reading && this.paused.length > 0) {
      const chunk = this.paused.shift();
      this.received += chunk.length;
      this.onread(chunk.length, chunk);
    }
    if (this.held !== null && this.paused.length === 0 && (this.reading || this.held !== EOF)) {
      const nread = this.held;
      this.held = null;
      if (this.onread) this.onread(nread, undefined);
    }
  }

  readStart() {
    this.reading = true;
    if (this.paused.length > 0 || this.held !== null) {
      // Not before the caller returns.
      process.nextTick(drainNT, this);
    }
    if (!this.ended && !this.inner.reading) {
      this.inner.reading = true;
      return this.inner.readStart();
    }
    return 0;
  }

  readStop() {
    this.reading = false;
    if (!this.secure || this.ended) return 0;
    this.inner.reading = false;
    return this.inner.readStop();
  }

  writeBuffer(data, done) {
    this.sent += data.length;
    if (!this.secure) {
      // The view may change before the handshake is done.
      this.waiting.push({ data: Buffer.from(data), done });
      return 1;
    }
    this.session.write(data);
    return this.send(done);
  }

  writeString(text, encoding, done) {
    return this.writeBuffer(Buffer.from(text, encoding), done);
  }

  writev(chunks, done) {
    return this.writeBuffer(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks), done);
  }

  // What waited for the handshake.
  flush() {
    const { waiting } = this;
    this.waiting = [];
    for (let i = 0; i < waiting.length; i++) {
      const { data, done, last } = waiting[i];
      if (last) {
        this.shutdown(done);
        continue;
      }
      this.session.write(data);
      const status = this.send(done);
      if (status !== 1) done(status);
    }
  }

  shutdown(done) {
    if (!this.secure && !this.failed) {
      this.waiting.push({ data: null, done, last: true });
      return 0;
    }
    this.session.close();
    this.send();
    return this.inner.shutdown(done);
  }

  close(callback) {
    const { waiting } = this;
    this.waiting = [];
    for (let i = 0; i < waiting.length; i++) waiting[i].done(ECONNRESET);
    if (this.secure && !this.failed) {
      this.session.close();
      this.send();
    }
    this.inner.close(callback);
  }

  reset(callback) { return this.inner.reset ? this.inner.reset(callback) : this.inner.close(callback) || 0; }
  ref() { this.inner.ref(); }
  unref() { this.inner.unref(); }
  hasRef() { return this.inner.hasRef(); }
  getsockname() { return this.inner.getsockname(); }
  getpeername() { return this.inner.getpeername(); }
  setNoDelay(on) { return this.inner.setNoDelay(on); }
  setKeepAlive(on, delay) { return this.inner.setKeepAlive(on, delay); }
  bytesRead() { return this.received; }
  bytesWritten() { return this.sent; }
  writeQueueSize() { return this.inner.writeQueueSize(); }
  getAsyncId() { return this.inner.getAsyncId ? this.inner.getAsyncId() : 0; }
  get fd() { return this.inner.fd; }
  get isPipe() { return this.inner.isPipe; }
}

function ignore() {}

function drainNT(handle) {
  handle.drain();
}

/**
 * A handle over any Duplex, for TLS through something that is no net.Socket.
 */
class StreamHandle {
  constructor(stream) {
    this.stream = stream;
    this.reading = false;
    this.onread = undefined;
    stream.on('data', (chunk) => { if (this.onread) this.onread(chunk.length, chunk); });
    stream.on('end', () => { if (this.onread) this.onread(EOF, undefined); });
    stream.on('error', () => { if (this.onread) this.onread(ECONNRESET, undefined); });
    stream.on('close', () => { if (this.onread) this.onread(EOF, undefined); });
    stream.pause();
  }

  readStart() {
    this.stream.resume();
    return 0;
  }

  readStop() {
    this.stream.pause();
    return 0;
  }

  writeBuffer(data, done) {
    this.stream.write(data, (err) => done(err ? ECONNRESET : 0));
    return 1;
  }

  shutdown(done) {
    this.stream.end(() => done(0));
    return 0;
  }

  close(callback) {
    this.onread = undefined;
    this.stream.destroy();
    if (callback) process.nextTick(callback);
  }

  ref() { if (this.stream.ref) this.stream.ref(); }
  unref() { if (this.stream.unref) this.stream.unref(); }
  hasRef() { return true; }
  getsockname() { return {}; }
  getpeername() { return {}; }
  setNoDelay() { return 0; }
  setKeepAlive() { return 0; }
  writeQueueSize() { return this.stream.writableLength || 0; }
}

module.exports = { TLSHandle, StreamHandle };
