'use strict';

// internal/events/targets: the static functions of node:events that take an EventEmitter or an EventTarget.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#eventsgeteventlistenersemitterortarget-eventname

const EventEmitter = require('events');
const { codes } = require('internal/errors');

const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = EventEmitter;

function isEventTarget(value) {
  return require('internal/event_target').isEventTarget(value);
}

function wrongTarget(value) {
  return new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], value);
}

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  if (!isEventTarget(emitterOrTarget)) throw wrongTarget(emitterOrTarget);
  return require('internal/event_target').listenersOf(emitterOrTarget, type);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return emitterOrTarget.getMaxListeners();
  if (emitterOrTarget?.[kMaxEventTargetListeners] !== undefined) return emitterOrTarget[kMaxEventTargetListeners];
  throw wrongTarget(emitterOrTarget);
}

function setMaxListeners(n, targets) {
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i];
    if (isEventTarget(target)) {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
}

function listenerCount(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listenerCount === 'function') return emitterOrTarget.listenerCount(type);
  if (isEventTarget(emitterOrTarget)) return getEventListeners(emitterOrTarget, type).length;
  if (emitterOrTarget !== null && typeof emitterOrTarget === 'object') {
    return EventEmitter.prototype.listenerCount.call(emitterOrTarget, type);
  }
  throw wrongTarget(emitterOrTarget);
}

/** The object as something that this module can listen to: on(name, fn), off(name, fn). */
function addTargetListener(emitterOrTarget, name, listener, options) {
  if (typeof emitterOrTarget?.on === 'function') {
    if (options?.once) emitterOrTarget.once(name, listener);
    else emitterOrTarget.on(name, listener);
  } else if (typeof emitterOrTarget?.addEventListener === 'function') {
    emitterOrTarget.addEventListener(name, listener, options);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitterOrTarget);
  }
}

function removeTargetListener(emitterOrTarget, name, listener, options) {
  if (typeof emitterOrTarget?.removeListener === 'function') {
    emitterOrTarget.removeListener(name, listener);
  } else if (typeof emitterOrTarget?.removeEventListener === 'function') {
    emitterOrTarget.removeEventListener(name, listener, options);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitterOrTarget);
  }
}

module.exports = {
  addTargetListener,
  getEventListeners,
  getMaxListeners,
  listenerCount,
  removeTargetListener,
  setMaxListeners,
};
