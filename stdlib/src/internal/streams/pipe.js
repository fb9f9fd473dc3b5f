'use strict';

// internal/streams/pipe: readable.pipe() and readable.unpipe().
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#readablepipedestination-options
//
// A source waits while any of its destinations wants a 'drain' first. They stand in `awaitDrainWriters`: one by itself,
// several (multiAwaitDrain) in a set.

const { prependListener } = require('internal/streams/legacy');
const { errorOrDestroy } = require('internal/streams/destroy');

function pipe(source, destination, options) {
  const state = source._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters === null ? [] : [state.awaitDrainWriters]);
  }
  state.pipes.push(destination);

  const leavesOpen = (options && options.end === false) ||
    destination === process.stdout || destination === process.stderr;
  const atEnd = leavesOpen ? stop : () => destination.end();
  let onDrain = null;
  let isDetached = false;

  function onData(chunk) {
    let mayGoOn;
    try {
      mayGoOn = destination.write(chunk);
    } catch (error) {
      destination.destroy(error);
      return;
    }
    if (mayGoOn === false) hold();
  }
  function hold() {
    if (!isDetached) {
      if (state.pipes.length === 1 && state.pipes[0] === destination) {
        state.awaitDrainWriters = destination;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(destination)) {
        state.awaitDrainWriters.add(destination);
      }
      source.pause();
    }
    if (onDrain === null) {
      onDrain = () => drained(source, destination);
      destination.on('drain', onDrain);
    }
  }
  // From here on nobody but us may have to hear of the error.
  function onError(error) {
    stop();
    destination.removeListener('error', onError);
    if (destination.listenerCount('error') !== 0) return;
    const of = destination._writableState || destination._readableState;
    if (of && !of.errorEmitted) errorOrDestroy(destination, error);
    else destination.emit('error', error);
  }
  function onClose() {
    destination.removeListener('finish', onFinish);
    stop();
  }
  function onFinish() {
    destination.removeListener('close', onClose);
    stop();
  }
  function stop() {
    source.unpipe(destination);
  }
  function onUnpipe(from, info) {
    if (from !== source || !info || info.hasUnpiped) return;
    info.hasUnpiped = true;
    detach();
  }
  function detach() {
    destination.removeListener('close', onClose);
    destination.removeListener('finish', onFinish);
    if (onDrain !== null) destination.removeListener('drain', onDrain);
    destination.removeListener('error', onError);
    destination.removeListener('unpipe', onUnpipe);
    source.removeListener('end', atEnd);
    source.removeListener('data', onData);
    isDetached = true;
    // Nobody hears its 'drain' any more.
    if (onDrain !== null && state.awaitDrainWriters &&
        (!destination._writableState || destination._writableState.needDrain)) {
      onDrain();
    }
  }

  if (state.endEmitted) process.nextTick(atEnd);
  else source.once('end', atEnd);
  destination.on('unpipe', onUnpipe);
  source.on('data', onData);
  prependListener(destination, 'error', onError);
  destination.once('close', onClose);
  destination.once('finish', onFinish);
  destination.emit('pipe', source);
  if (destination.writableNeedDrain === true) hold();
  else if (!state.flowing) source.resume();
  return destination;
}

function drained(source, destination) {
  const state = source._readableState;
  if (state.awaitDrainWriters === destination) state.awaitDrainWriters = null;
  else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(destination);
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data') > 0) {
    source.resume();
  }
}

function unpipe(source, destination) {
  const state = source._readableState;
  if (state.pipes.length === 0) return source;
  if (!destination) {
    const all = state.pipes;
    state.pipes = [];
    source.pause();
    for (let i = 0; i < all.length; i++) all[i].emit('unpipe', source, { hasUnpiped: false });
    return source;
  }
  const index = state.pipes.indexOf(destination);
  if (index === -1) return source;
  state.pipes.splice(index, 1);
  if (state.pipes.length === 0) source.pause();
  destination.emit('unpipe', source, { hasUnpiped: false });
  return source;
}

module.exports = { pipe, unpipe };
