'use strict';

// node:stream/web: the WHATWG streams. Each class loads when it is first read.
// API: https://nodejs.org/docs/latest-v24.x/api/webstreams.html

const { defineLazyProperties } = require('internal/util');

function lazy(id, names) {
  defineLazyProperties(exports, `internal/webstreams/${id}`, names);
}

lazy('readablestream', ['ReadableStream', 'ReadableStreamDefaultReader']);
lazy('readablebytestream', ['ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableByteStreamController']);
lazy('readablestream', ['ReadableStreamDefaultController']);
lazy('transformstream', ['TransformStream', 'TransformStreamDefaultController']);
lazy('writablestream', ['WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController']);
lazy('queuingstrategies', ['ByteLengthQueuingStrategy', 'CountQueuingStrategy']);
lazy('encoding', ['TextEncoderStream', 'TextDecoderStream']);
lazy('compression', ['CompressionStream', 'DecompressionStream']);
