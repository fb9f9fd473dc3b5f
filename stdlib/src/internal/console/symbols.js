'use strict';
// What the parts of the console share: the keys of a console's hidden state, and the diagnostics channels.
// Binding: none.

exports.kCore = Symbol('console core');
exports.kIsConsole = Symbol('is console');

// `console.log` and its kin publish their arguments before formatting. node:diagnostics_channel puts a function here
// for a method while its channel (`console.<method>`) has subscribers; until then logging pays one property read.
exports.channels = { __proto__: null, log: undefined, info: undefined, debug: undefined, warn: undefined, error: undefined };
