'use strict';

// internal/streams/legacy: Stream, the emitter that every stream is. Its own pipe() is what streams were before they had
// states: sources that push 'data' and understand pause() and resume().
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html

const EventEmitter = require('events');

/** @param {object} [options] as of EventEmitter */
function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

/**
 * Moves 'data' of this emitter into a writable.
 * @param {object} destination
 * @param {{ end?: boolean }} [options]
 */
Stream.prototype.pipe = function pipe(destination, options) {
  const source = this;
  let isOver = false;

  function onData(chunk) {
    if (destination.writable && destination.write(chunk) === false && source.pause) source.pause();
  }
  function onDrain() {
    if (source.readable && source.resume) source.resume();
  }
  function onEnd() {
    if (isOver) return;
    isOver = true;
    destination.end();
  }
  function onClose() {
    if (isOver) return;
    isOver = true;
    if (typeof destination.destroy === 'function') destination.destroy();
  }
  // Whoever else doesn't listen for errors gets the throw that it would get without us.
  function onError(error) {
    stop();
    if (EventEmitter.listenerCount(this, 'error') === 0) this.emit('error', error);
  }
  function stop() {
    source.removeListener('data', onData);
    destination.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('error', onError);
    destination.removeListener('error', onError);
    source.removeListener('end', stop);
    source.removeListener('close', stop);
    destination.removeListener('close', stop);
  }

  source.on('data', onData);
  destination.on('drain', onDrain);
  if (!destination._isStdio && (!options || options.end !== false)) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  prependListener(source, 'error', onError);
  prependListener(destination, 'error', onError);
  source.on('end', stop);
  source.on('close', stop);
  destination.on('close', stop);
  destination.emit('pipe', source);
  return destination;
};

// The streams' own events come first, in this order, whenever they were listened for.
const ownEvents = ['close', 'error', 'prefinish', 'finish', 'drain', 'data', 'end', 'readable'];

Stream.prototype.eventNames = function eventNames() {
  const events = this._events ?? {};
  const others = Reflect.ownKeys(events).filter((name) => !ownEvents.includes(name));
  return [...ownEvents, ...others].filter((name) => events[name] !== undefined);
};

/** emitter.prependListener(), also for emitters of other makes that lack it. */
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') return emitter.prependListener(event, listener);
  const existing = emitter._events?.[event];
  if (!existing) return emitter.on(event, listener);
  emitter._events[event] = Array.isArray(existing) ? [listener, ...existing] : [listener, existing];
  return emitter;
}

module.exports = { Stream, prependListener };
