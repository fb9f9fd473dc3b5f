// hex is read up to the first pair that is none.
'use strict';
for (const text of ['abcd', 'abc', 'abxx12', 'zz', '', 'ABCDEF']) console.log(Buffer.from(text, 'hex'));
