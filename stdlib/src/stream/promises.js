'use strict';

// node:stream/promises: pipeline() and finished() as promises.
// API: https://nodejs.org/docs/latest-v24.x/api/stream.html#streams-promises-api

const { finishedPromise } = require('internal/streams/end-of-stream');
const { pipelinePromise } = require('internal/streams/pipeline');

module.exports = { finished: finishedPromise, pipeline: pipelinePromise };
