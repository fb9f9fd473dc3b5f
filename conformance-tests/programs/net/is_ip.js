'use strict';

// What counts as an IP address.

const net = require('net');
for (const text of ['127.0.0.1', '256.0.0.1', '1.2.3', '01.2.3.4', '::1', '::', '1::2::3', '::ffff:1.2.3.4', 'fe80::1%eth0',
                    'fe80::1%', '', 'x', '1.2.3.4 ', '::1 ']) {
  console.log(JSON.stringify(text), net.isIP(text), net.isIPv4(text), net.isIPv6(text));
}
