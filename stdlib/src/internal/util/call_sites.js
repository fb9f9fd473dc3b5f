'use strict';
// util.getCallSites(): the stack of the caller as objects.
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#utilgetcallsitesframecount-options
// Binding: none; the frames are read from the text of an error's stack.

const { validateInteger, validateObject, validateBoolean } = require('internal/validators');

const DEFAULT_FRAMES = 10;
const MAX_FRAMES = 200;
const frameLine = /^ {4}at (?:(?:async )?(.*?) \()?(.+?):(\d+):(\d+)\)?$/;

// `above` is the function whose callers are wanted; it is found by its name, so nothing here may be called like it.
function callSitesAbove(above, frameCount = DEFAULT_FRAMES, options) {
  if (options === undefined) {
    if (typeof frameCount === 'object') {
      options = frameCount;
      validateObject(options, 'options');
      frameCount = DEFAULT_FRAMES;
    } else {
      options = {};
    }
  } else {
    validateObject(options, 'options');
  }
  if (options.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateInteger(frameCount, 'frameCount', 1, MAX_FRAMES);
  return framesOf(textOfStack(above)).slice(0, frameCount);
}

// The stack as text, whatever the program did to stackTraceLimit and prepareStackTrace.
function textOfStack(above) {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const target = {};
  try {
    Object.defineProperty(Error, 'stackTraceLimit', {
      __proto__: null, value: MAX_FRAMES + 10, writable: true, configurable: true, enumerable: true,
    });
    if (prepare !== undefined) delete Error.prepareStackTrace;
    Error.captureStackTrace(target, above);
    return `${target.stack}`;
  } finally {
    if (limit === undefined) delete Error.stackTraceLimit;
    else Object.defineProperty(Error, 'stackTraceLimit', limit);
    if (prepare !== undefined) Object.defineProperty(Error, 'prepareStackTrace', prepare);
  }
}

function framesOf(stack) {
  const frames = [];
  for (const line of stack.split('\n')) {
    const parts = frameLine.exec(line);
    if (parts === null) continue;
    const [, name = '', script, row, column] = parts;
    frames.push({
      functionName: name,
      scriptId: scriptId(script),
      scriptName: script,
      lineNumber: +row,
      columnNumber: +column,
      // The name that V8's inspector uses for the same number.
      column: +column,
    });
  }
  return frames;
}

const scripts = [];

// A number for each script, as text; the same for the whole run.
function scriptId(name) {
  let index = scripts.indexOf(name);
  if (index === -1) index = scripts.push(name) - 1;
  return `${index + 1}`;
}

/** The frame that called `above`, or undefined. */
function topFrame(above) {
  return framesOf(textOfStack(above))[0];
}

module.exports = { callSitesAbove, topFrame };
