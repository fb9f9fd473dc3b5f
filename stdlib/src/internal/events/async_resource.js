'use strict';

// internal/events/async_resource: EventEmitterAsyncResource, an emitter whose listeners run in the async context that it
// was made in.
// API: https://nodejs.org/docs/latest-v24.x/api/events.html#class-eventseventemitterasyncresource-extends-eventemitter

const { AsyncResource } = require('async_hooks');
const EventEmitter = require('events');

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

  emit(event, ...args) {
    return this.#asyncResource.runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() { this.#asyncResource.emitDestroy(); }

  get asyncId() { return this.#asyncResource.asyncId(); }
  get triggerAsyncId() { return this.#asyncResource.triggerAsyncId(); }
  get asyncResource() { return this.#asyncResource; }
}

module.exports = { EventEmitterAsyncResource };
