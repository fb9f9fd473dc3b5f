// indexOf and its kin find numbers, text and bytes, from either end.
'use strict';
const b = Buffer.from('this is a buffer');
console.log(b.indexOf('is'), b.indexOf('is', 3), b.lastIndexOf('is'), b.indexOf('is', -3), b.indexOf(Buffer.from('a b')));
console.log(b.indexOf(97), b.indexOf(97 + 256), b.indexOf('zz'), b.includes('buff'), b.indexOf(''), b.indexOf('', 99));
console.log(b.lastIndexOf('is', 4), b.lastIndexOf('is', -14), b.lastIndexOf('', -3), b.indexOf('6973', 'hex'));
const wide = Buffer.from('aaba', 'utf16le');
console.log(wide.indexOf('b', 'utf16le'), wide.indexOf('ab', 0, 'utf16le'), wide.lastIndexOf('a', undefined, 'utf16le'));
try { b.indexOf({}); } catch (error) { console.log(error.message); }
