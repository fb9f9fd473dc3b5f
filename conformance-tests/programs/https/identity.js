// Which host a certificate is for.
const { checkServerIdentity } = require('tls');
const cases = [
  ['a.com', { subject: { CN: 'a.com' } }], ['b.com', { subject: { CN: 'a.com' } }],
  ['b.a.com', { subjectaltname: 'DNS:*.a.com', subject: {} }], ['c.b.a.com', { subjectaltname: 'DNS:*.a.com', subject: {} }],
  ['a.com', { subjectaltname: 'DNS:b.com, DNS:a.com', subject: {} }], ['8.8.8.8', { subjectaltname: 'IP Address:8.8.8.8', subject: {} }],
  ['8.8.4.4', { subjectaltname: 'IP Address:8.8.8.8', subject: {} }], ['A.com.', { subject: { CN: 'a.COM' } }],
  ['x', { subject: {} }],
];
for (const [host, cert] of cases) {
  const err = checkServerIdentity(host, cert);
  console.log(host, err === undefined ? 'fits' : `${err.code} ${err.reason}`);
}
