'use strict';
// What process.memoryUsage() and node:v8 tell of memory is of one piece, and buffers stand beside the heap.
const v8 = require('v8');

const before = process.memoryUsage();
console.log(Object.keys(before).join(), Object.values(before).every((bytes) => Number.isInteger(bytes) && bytes > 0));
console.log(before.heapUsed <= before.heapTotal, before.heapTotal < before.rss, before.arrayBuffers <= before.external);

const kept = [new ArrayBuffer(30e6), Buffer.alloc(20e6), new SharedArrayBuffer(10e6)];
const after = process.memoryUsage();
console.log(Math.round((after.arrayBuffers - before.arrayBuffers) / 1e6), after.external - before.external >= 49e6,
  after.heapUsed - before.heapUsed < 5e6, kept.length);

const objects = Array.from({ length: 1e5 }, (_, i) => ({ i, text: `${i}` }));
const grown = process.memoryUsage();
console.log(grown.heapUsed - after.heapUsed > 4e6, objects.length);

const heap = v8.getHeapStatistics();
console.log(heap.used_heap_size <= heap.total_heap_size, heap.total_heap_size <= heap.heap_size_limit,
  Math.abs(heap.used_heap_size - grown.heapUsed) < 4e6, Math.abs(heap.external_memory - grown.external) < 4e6);
const spaces = v8.getHeapSpaceStatistics();
const sum = (key) => spaces.reduce((all, space) => all + space[key], 0);
console.log(Math.abs(sum('space_used_size') - heap.used_heap_size) < 4e6, Math.abs(sum('space_size') - heap.total_heap_size) < 4e6);

console.log(process.memoryUsage.rss() > 1e6, process.availableMemory() > 0, process.constrainedMemory() >= 0);
const usage = process.resourceUsage();
console.log(Object.keys(usage).join());
console.log(usage.maxRSS * 1024 >= 60e6 || usage.maxRSS * 1024 >= before.rss, usage.userCPUTime > 0);
