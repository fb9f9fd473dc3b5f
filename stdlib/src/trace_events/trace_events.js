'use strict';
// node:trace_events: nothing is traced; categories can be asked for and stay disabled.
// API: https://nodejs.org/docs/latest-v24.x/api/tracing.html

exports.createTracing = function createTracing({ categories }) {
  return { enabled: false, categories: categories.join(','), enable() {}, disable() {} };
};
exports.getEnabledCategories = function getEnabledCategories() { return undefined; };
