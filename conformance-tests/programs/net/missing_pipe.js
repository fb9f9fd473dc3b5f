'use strict';

// Connecting to a path where nothing listens is ENOENT.

const net = require('net');
const client = net.connect('/tmp/ouro-conformance-nothing-here.sock');
client.on('error', (err) => console.log(err.code, err.syscall, err.address, err.port, err.message));
client.on('close', (hadError) => console.log('close', hadError));
