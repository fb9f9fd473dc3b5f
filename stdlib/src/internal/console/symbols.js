'use strict';
// What the parts of the console share: the keys of a console's hidden state, and the diagnostics channels.
// Binding: none.

exports.kCore = Symbol('console core');
exports.kIsConsole = Symbol('is console');

// Set by internal/process/stdio when it makes the stream: from then on the console writes through it, because the
// program may have replaced its `write`.
exports.madeStreams = { stdout: false, stderr: false };

// `console.log` and its kin publish their arguments before formatting. node:diagnostics_channel puts a function here
// for a method while its channel (`console.<method>`) has subscribers; until then logging pays one property read.
exports.channels = { __proto__: null, log: undefined, info: undefined, debug: undefined, warn: undefined, error: undefined };

/**
 * For node:diagnostics_channel: tells whether `console.<method>` has subscribers.
 * @param {{ name: string, hasSubscribers: boolean, publish: (message: unknown) => void }} channel
 */
exports.noteChannel = (channel) => {
  const method = channel.name.slice('console.'.length);
  if (method in exports.channels) {
    exports.channels[method] = channel.hasSubscribers ? (args) => channel.publish([...args]) : undefined;
  }
};
