'use strict';
// MessageEvent and CloseEvent, as the HTML standard has them.

const { Event } = require('internal/event_target');

class MessageEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = init;
  }
  get data() { return this.#init.data === undefined ? null : this.#init.data; }
  get origin() { return this.#init.origin ?? ''; }
  get lastEventId() { return this.#init.lastEventId ?? ''; }
  get source() { return this.#init.source ?? null; }
  get ports() { return this.#init.ports ?? []; }
}

class CloseEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = init;
  }
  get wasClean() { return !!this.#init.wasClean; }
  get code() { return this.#init.code ?? 0; }
  get reason() { return this.#init.reason ?? ''; }
}

module.exports = { MessageEvent, CloseEvent };
