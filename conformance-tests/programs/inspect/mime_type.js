// util.MIMEType parses and prints media types.
const { MIMEType } = require('util');

const type = new MIMEType('Text/HTML; Charset="utf-8"; q=1');
console.log(String(type), type.essence, type.params.get('charset'));
type.params.set('boundary', 'a b"c');
type.subtype = 'plain';
console.log(JSON.stringify(type), [...type.params.keys()]);
try {
  new MIMEType('nonsense');
} catch (error) {
  console.log(error.code);
}
