'use strict';

// internal/streams/state: high-water marks, what a stream's two sides share.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streamgetdefaulthighwatermarkobjectmode

let bytesMark = process.platform === 'win32' ? 16 * 1024 : 64 * 1024;
let objectsMark = 16;

/** How many bytes, or objects, a stream holds before it asks its source to wait. */
function getDefaultHighWaterMark(objectMode) {
  return objectMode ? objectsMark : bytesMark;
}

function setDefaultHighWaterMark(objectMode, value) {
  require('internal/validators').validateInteger(value, 'value', 0);
  if (objectMode) objectsMark = value;
  else bytesMark = value;
}

/**
 * The mark of one side: of a duplex its own option (`readableHighWaterMark`) where `highWaterMark` isn't given.
 * @param {object} options the stream's options
 * @param {boolean} objectMode
 * @param {string} sideOption
 * @param {boolean} isDuplex
 */
function getHighWaterMark(options, objectMode, sideOption, isDuplex) {
  let mark = options.highWaterMark;
  let name = 'highWaterMark';
  if ((mark === undefined || mark === null) && isDuplex) {
    mark = options[sideOption];
    name = sideOption;
  }
  if (mark === undefined || mark === null) return objectMode ? objectsMark : bytesMark;
  if (!Number.isInteger(mark) || mark < 0) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, mark);
  }
  return mark;
}

module.exports = { getDefaultHighWaterMark, getHighWaterMark, setDefaultHighWaterMark };
