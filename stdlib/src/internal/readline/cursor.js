'use strict';
// internal/readline/cursor: the control sequences that move a terminal's cursor and clear what it shows.
// API: https://nodejs.org/docs/latest-v24.x/api/readline.html#readlinecursortostream-x-y-callback

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const CSI = '\x1b[';

function write(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || text === '') {
    if (callback !== undefined) process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

function cursorToText(x, y) {
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  if (typeof x !== 'number' && typeof y !== 'number') return '';
  if (typeof x !== 'number') throw new codes.ERR_INVALID_CURSOR_POS();
  return typeof y !== 'number' ? `${CSI}${x + 1}G` : `${CSI}${y + 1};${x + 1}H`;
}

function moveText(dx, dy) {
  let text = '';
  if (dx < 0) text += `${CSI}${-dx}D`;
  else if (dx > 0) text += `${CSI}${dx}C`;
  if (dy < 0) text += `${CSI}${-dy}A`;
  else if (dy > 0) text += `${CSI}${dy}B`;
  return text;
}

function clearLineText(direction) {
  return direction < 0 ? `${CSI}1K` : direction > 0 ? `${CSI}0K` : `${CSI}2K`;
}

const clearDownText = `${CSI}0J`;

function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  return write(stream, cursorToText(x, y), callback);
}

function moveCursor(stream, dx, dy, callback) {
  return write(stream, stream ? moveText(dx, dy) : '', callback);
}

function clearLine(stream, direction, callback) {
  return write(stream, clearLineText(direction), callback);
}

function clearScreenDown(stream, callback) {
  return write(stream, clearDownText, callback);
}

module.exports = {
  clearDownText, clearLine, clearLineText, clearScreenDown, cursorTo, cursorToText, moveCursor, moveText,
};
