// Blob: parts, slices, types, reading.
'use strict';
const { Blob, File } = require('buffer');
(async () => {
  const blob = new Blob(['ab', new Uint8Array([99]), new Blob(['dé'])], { type: 'Text/Plain' });
  console.log(blob.size, blob.type, await blob.text(), blob);
  console.log(await blob.slice(1, -1, 'x/y').text(), blob.slice(-2).size, new Uint8Array(await blob.slice(0, 2).arrayBuffer()));
  const file = new File(['x'], 'a.txt', { lastModified: 5 });
  console.log(file, file instanceof Blob, Object.prototype.toString.call(file));
  try { new Blob('x'); } catch (error) { console.log(error.code); }
})();
