// Garbage collection with 200 MB of live data: objects, arrays, strings and Maps, a part of which is replaced all the
// time while short-lived objects are made. `vm --gc-events benches/gc.js` prints the pauses.
'use strict';

function makeTree(depth, seed) {
  if (depth === 0) return { value: seed, name: 'leaf' + seed };
  return {
    left: makeTree(depth - 1, seed * 2),
    right: makeTree(depth - 1, seed * 2 + 1),
    label: 'node ' + seed + ' of the tree at depth ' + depth,
  };
}

function makeRecord(i) {
  switch (i & 3) {
    case 0: return makeTree(4, i);
    case 1: {
      const list = [];
      for (let j = 0; j < 60; j++) list.push({ id: i + j, next: null, tags: [i, j] });
      return list;
    }
    case 2: {
      const map = new Map();
      for (let j = 0; j < 40; j++) map.set('key' + j, { i, j });
      return map;
    }
    default: {
      const texts = [];
      for (let j = 0; j < 30; j++) texts.push(('text ' + i + ' ' + j + ' ').repeat(8));
      return texts;
    }
  }
}

const RECORDS = 36000;
const store = new Array(RECORDS);
const index = new Map();
for (let i = 0; i < RECORDS; i++) {
  store[i] = makeRecord(i);
  index.set('record' + i, store[i]);
}

let random = 1;
function next() {
  random = (random * 1103515245 + 12345) % 2147483648;
  return random;
}

// A quarter of what is allocated replaces old data; the rest dies young.
let sum = 0;
for (let round = 0; round < 60000; round++) {
  const at = next() % RECORDS;
  const record = makeRecord(at);
  store[at] = record;
  index.set('record' + at, record);
  for (let j = 0; j < 3; j++) sum += Object.keys(makeRecord(next() % 1000)).length;
}
print('done', sum, index.size);
