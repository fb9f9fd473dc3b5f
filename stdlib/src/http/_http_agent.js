'use strict';

// _http_agent: http.Agent, which keeps connections for reuse.
// API: https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpagent
//
// Three tables by getName(): `sockets` in use, `freeSockets` kept alive and idle, `requests` that wait for a socket.

const EventEmitter = require('events');

const kRequestOptions = Symbol('requestOptions');
const kOnKeylog = Symbol('onkeylog');

function errors() { return require('internal/errors'); }
function validators() { return require('internal/validators'); }

/**
 * @param {object} [options]
 */
function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  const { validateOneOf, validateNumber } = validators();
  this.options = Object.assign({ __proto__: null }, options);
  this.defaultPort = this.options.defaultPort || 80;
  this.protocol = this.options.protocol || 'http:';
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // A path in the agent's options would make every connection a pipe.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  this.agentKeepAliveTimeoutBuffer =
    typeof this.options.agentKeepAliveTimeoutBuffer === 'number' && this.options.agentKeepAliveTimeoutBuffer >= 0 &&
    Number.isFinite(this.options.agentKeepAliveTimeoutBuffer) ? this.options.agentKeepAliveTimeoutBuffer : 1000;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  else this.maxTotalSockets = Infinity;
  this.on('free', onFree);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

// A socket has done its request: the next request gets it, or it is kept, or closed.
function onFree(socket, options) {
  const name = this.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = this.requests[name];
  if (waiting && waiting.length) {
    const req = waiting.shift();
    if (waiting.length === 0) delete this.requests[name];
    if (socket._httpReset) socket._httpReset();
    giveSocket(this, req, socket);
    return;
  }
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !this.keepAlive) {
    socket.destroy();
    return;
  }
  const free = this.freeSockets[name] || [];
  const inUse = this.sockets[name] ? this.sockets[name].length : 0;
  if (this.totalSocketCount > this.maxTotalSockets || inUse > this.maxSockets || free.length >= this.maxFreeSockets ||
      !this.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  this.freeSockets[name] = free;
  socket._httpMessage = null;
  this.removeSocket(socket, options);
  socket.once('error', onFreeSocketError);
  free.push(socket);
}

function onFreeSocketError() {
  const agent = this._httpAgent;
  if (agent) agent.removeSocket(this, this[kRequestOptions]);
}

Agent.prototype.createConnection = function(...args) {
  return require('net').createConnection(...args);
};

/**
 * The name under which connections with these options are interchangeable.
 */
Agent.prototype.getName = function(options = {}) {
  let name = `${options.host || 'localhost'}:`;
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

Agent.prototype.addRequest = function(req, options, port, localAddress) {
  if (typeof options === 'string') options = { host: options, port, localAddress };
  options = Object.assign({ __proto__: null }, options, this.options);
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  const name = this.getName(options);
  this.sockets[name] ||= [];
  const free = this.freeSockets[name];
  let socket;
  if (free) {
    while (free.length && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (!free.length) delete this.freeSockets[name];
  }
  const inUse = this.sockets[name].length + (free ? free.length : 0);
  if (socket) {
    socket.removeListener('error', onFreeSocketError);
    this.reuseSocket(socket, req);
    this.sockets[name].push(socket);
    giveSocket(this, req, socket);
  } else if (inUse < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, options, (err, socket) => {
      if (err) req.onSocket(socket, err);
      else giveSocket(this, req, socket);
    });
  } else {
    req[kRequestOptions] = options;
    this.requests[name] ||= [];
    this.requests[name].push(req);
  }
};

function normalizeServerName(options, req) {
  if (options.servername || options.servername === '') return;
  options.servername = options.host;
  const hostHeader = req && req.getHeader('host');
  if (!hostHeader) return;
  validators().validateString(hostHeader, 'options.headers.host');
  // [::1]:80 or name:80
  const bracketed = /^\[([^\]]*)\]/.exec(hostHeader);
  options.servername = bracketed ? bracketed[1] : hostHeader.split(':', 1)[0];
  if (require('net').isIP(options.servername)) options.servername = '';
}

Agent.prototype.createSocket = function(req, options, callback) {
  options = Object.assign({ __proto__: null }, options, this.options);
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let called = false;
  const done = (err, socket) => {
    if (called) return undefined;
    called = true;
    if (err) return callback(err);
    this.sockets[name] ||= [];
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    return callback(null, socket);
  };
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const socket = this.createConnection(options, done);
  if (socket && !called) done(null, socket);
};

function installListeners(agent, socket, options) {
  const onFreeEvent = () => {
    agent.emit('free', socket, options);
  };
  const onClose = () => {
    // The pool may have dropped it before; then nothing happens.
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  };
  const onTimeout = () => {
    // An idle socket that timed out is of no use; one in use is the request's affair.
    const { freeSockets } = agent;
    for (const key of Object.keys(freeSockets)) {
      if (freeSockets[key].includes(socket)) {
        socket.destroy();
        return;
      }
    }
  };
  const onRemove = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFreeEvent);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onFreeEvent);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  socket._httpAgent = agent;
  socket[kRequestOptions] = options;
}

Agent.prototype.removeSocket = function(socket, options) {
  const name = this.getName(options);
  const tables = [this.sockets];
  // A socket that can't be written to won't be found useful among the free ones either.
  if (!socket.writable) tables.push(this.freeSockets);
  for (let i = 0; i < tables.length; i++) {
    const list = tables[i][name];
    if (!list) continue;
    const index = list.indexOf(socket);
    if (index !== -1) {
      list.splice(index, 1);
      if (list.length === 0) delete tables[i][name];
    }
  }
  // The place that became free goes to the first request that waits, of this name or another.
  let req;
  if (this.requests[name] && this.requests[name].length) {
    req = this.requests[name][0];
  } else {
    for (const other of Object.keys(this.requests)) {
      const count = this.sockets[other] ? this.sockets[other].length : 0;
      if (count < this.maxSockets) {
        req = this.requests[other][0];
        options = req[kRequestOptions];
        break;
      }
    }
  }
  if (req && options) {
    if (req[kRequestOptions]) options = req[kRequestOptions];
    req[kRequestOptions] = undefined;
    this.createSocket(req, options, (err, socket) => {
      if (err) req.onSocket(socket, err);
      else socket.emit('free');
    });
  }
};

/**
 * Decides whether an idle socket is kept, and prepares it.
 * @returns {boolean}
 */
Agent.prototype.keepSocketAlive = function(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  // The server said how long it will wait: be gone before.
  const res = socket._httpMessage && socket._httpMessage.res;
  const hint = res && res.headers['keep-alive'];
  if (hint) {
    const match = /^timeout=(\d+)/.exec(hint);
    if (match) {
      const server = Number.parseInt(match[1], 10) * 1000 - this.agentKeepAliveTimeoutBuffer;
      if (server <= 0) return false;
      if (timeout === 0 || server < timeout) timeout = server;
    }
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function(socket, req) {
  req.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function() {
  for (const table of [this.freeSockets, this.sockets]) {
    for (const key of Object.keys(table)) {
      for (const socket of table[key].slice()) socket.destroy();
    }
  }
};

function giveSocket(agent, req, socket) {
  req.onSocket(socket);
  // The socket's timeout is the request's again.
  const agentTimeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === agentTimeout) {
    if ((socket.timeout || 0) !== agentTimeout && req.timeout === undefined) socket.setTimeout(agentTimeout);
    return;
  }
  socket.setTimeout(req.timeout);
}

Agent.prototype[kOnKeylog] = undefined;

module.exports = {
  Agent,
  globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
};
