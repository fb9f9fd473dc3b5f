'use strict';

// BlockList: addresses, ranges, subnets, and IPv4 in IPv6 clothes.

const net = require('net');
const list = new net.BlockList();
list.addAddress('1.1.1.1');
list.addRange('10.0.0.1', '10.0.0.10');
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
for (const [address, family] of [['1.1.1.1'], ['::ffff:1.1.1.1', 'ipv6'], ['10.0.0.10'], ['10.0.0.11'],
                                 ['8592:757c:efae:4e45::1', 'ipv6'], ['8592:757c:efae:4e46::1', 'ipv6']]) {
  console.log(address, list.check(address, family));
}
console.log(list.rules);
try {
  list.addRange('1.1.1.2', '1.1.1.1');
} catch (err) {
  console.log(err.code, err.message);
}
