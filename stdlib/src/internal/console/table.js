'use strict';
// console.table(): rows and columns between box-drawing lines.
// API: https://nodejs.org/docs/latest-v24.x/api/console.html#consoletabletabulardata-properties
// Binding: util.previewEntries.

const { isMap, isSet, isMapIterator, isSetIterator } = require('internal/util/types');
const { inspect, getStringWidth } = require('internal/util/inspect');
const { kCore } = require('internal/console/symbols');
const { previewEntries } = binding('util');
const hasOwn = Object.prototype.hasOwnProperty;

const ITERATION = '(iteration index)';
const INDEX = '(index)';
const KEY = 'Key';
const VALUES = 'Values';

function table(console, data, properties) {
  if (data === null || typeof data !== 'object') {
    console.log(data);
    return;
  }
  if (properties !== undefined) require('internal/validators').validateArray(properties, 'properties');
  const cell = (value) => inspect(value, {
    maxArrayLength: 3,
    breakLength: Infinity,
    // Objects with more than two keys would make the column too wide.
    depth: value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
    ...console[kCore].inspectOptions(false),
  });
  const { head, columns } = collectionColumns(data, cell) ?? objectColumns(data, properties, cell);
  console.log(render(head, columns));
}

// Maps, sets and their iterators: the position, the key if there is one, the value.
function collectionColumns(data, cell) {
  let entries;
  let hasKeys = false;
  if (isMap(data)) {
    hasKeys = true;
    entries = [];
    for (const [key, value] of data) entries.push(key, value);
  } else if (isSet(data)) {
    entries = [...data];
  } else if (isMapIterator(data) || isSetIterator(data)) {
    const preview = previewEntries(data, true);
    // The engine may not show what is left of an iterator.
    if (preview === undefined) return undefined;
    [entries, hasKeys] = preview;
    // A set's entries() pairs every value with itself: one column is enough.
    if (hasKeys && isSetIterator(data)) {
      entries = entries.filter((value, i) => i % 2 === 1);
      hasKeys = false;
    }
  } else {
    return undefined;
  }
  const positions = [];
  const keys = [];
  const values = [];
  for (let i = 0; i < entries.length; i++) {
    if (hasKeys) keys.push(cell(entries[i++]));
    values.push(cell(entries[i]));
    positions.push(`${values.length - 1}`);
  }
  return hasKeys ? { head: [ITERATION, KEY, VALUES], columns: [positions, keys, values] } :
    { head: [ITERATION, VALUES], columns: [positions, values] };
}

function objectColumns(data, properties, cell) {
  const rows = Object.keys(data);
  const columns = new Map();
  const values = [];
  let hasPrimitives = false;
  for (let i = 0; i < rows.length; i++) {
    const item = data[rows[i]];
    if (item === null || (typeof item !== 'object' && typeof item !== 'function')) {
      if (properties === undefined) {
        hasPrimitives = true;
        values[i] = cell(item);
      } else {
        // Named columns exist even if no row has anything in them.
        for (const key of properties) column(columns, key)[i] = '';
      }
      continue;
    }
    for (const key of properties ?? Object.keys(item)) {
      column(columns, key)[i] = hasOwn.call(item, key) ? cell(item[key]) : '';
    }
  }
  const head = [INDEX, ...columns.keys()];
  const all = [rows, ...columns.values()];
  if (hasPrimitives) {
    head.push(VALUES);
    all.push(values);
  }
  return { head, columns: all };
}

function column(columns, key) {
  const name = typeof key === 'symbol' ? key.toString() : `${key}`;
  let cells = columns.get(name);
  if (cells === undefined) columns.set(name, cells = []);
  return cells;
}

function render(head, columns) {
  const nRows = Math.max(0, ...columns.map((cells) => cells.length));
  const widths = head.map((title, i) => {
    let width = getStringWidth(title);
    for (let row = 0; row < nRows; row++) width = Math.max(width, getStringWidth(columns[i][row] ?? ''));
    return width + 2;
  });
  const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const line = (cells) => `│${cells.map((text, i) => ` ${text}${' '.repeat(widths[i] - getStringWidth(text) - 1)}`).join('│')}│`;
  let text = `${rule('┌', '┬', '┐')}\n${line(head)}\n${rule('├', '┼', '┤')}\n`;
  for (let row = 0; row < nRows; row++) text += `${line(columns.map((cells) => cells[row] ?? ''))}\n`;
  return text + rule('└', '┴', '┘');
}

module.exports = { table };
