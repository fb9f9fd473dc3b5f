'use strict';

// internal/events/async_resource: EventEmitterAsyncResource, an emitter whose listeners run in the async context that it
// was made in.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#class-eventseventemitterasyncresource-extends-eventemitter

const { AsyncResource } = require('async_hooks');
const EventEmitter = require('events');
const { codes } = require('internal/errors');

class EventEmitterReferencingAsyncResource extends AsyncResource {
  #eventEmitter;

  constructor(eventEmitter, type, options) {
    super(type, options);
    this.#eventEmitter = eventEmitter;
  }

  get eventEmitter() { return this.#eventEmitter; }
}

class EventEmitterAsyncResource extends EventEmitter {
  #asyncResource;

  /**
   * @param {{ name?: string, triggerAsyncId?: number, requireManualDestroy?: boolean } | string} [options]
   */
  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      if (new.target === EventEmitterAsyncResource) {
        require('internal/validators').validateString(options?.name, 'options.name');
      }
      name = options?.name || new.target.name;
    }
    super(options);
    this.#asyncResource = new EventEmitterReferencingAsyncResource(this, name, options);
  }

  #resource() {
    if (!(#asyncResource in this)) throw new codes.ERR_INVALID_THIS('EventEmitterAsyncResource');
    return this.#asyncResource;
  }

  emit(event, ...args) {
    return this.#resource().runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() { this.#resource().emitDestroy(); }

  get asyncId() { return this.#resource().asyncId(); }
  get triggerAsyncId() { return this.#resource().triggerAsyncId(); }
  get asyncResource() { return this.#resource(); }
}

module.exports = { EventEmitterAsyncResource };
