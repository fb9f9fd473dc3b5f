'use strict';
// node:cluster: this process is always the primary. Workers need processes that share handles, which this runtime
// does not offer yet; `fork()` says so.
// API: https://nodejs.org/docs/latest-v24.x/api/cluster.html

const EventEmitter = require('events');

const cluster = new EventEmitter();
module.exports = cluster;

cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = class Worker extends EventEmitter {};
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = 1;
cluster.SCHED_RR = 2;
cluster.schedulingPolicy = cluster.SCHED_RR;

cluster.setupPrimary = cluster.setupMaster = function setupPrimary(options) {
  cluster.settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false,
                       ...cluster.settings, ...options };
  process.nextTick(() => cluster.emit('setup', cluster.settings));
};

cluster.fork = function fork() {
  const { codes } = require('internal/errors');
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('cluster.fork()');
};

cluster.disconnect = function disconnect(callback) {
  process.nextTick(() => {
    cluster.emit('disconnect');
    callback?.();
  });
};
