// transcode, isUtf8 and isAscii.
'use strict';
const { transcode, isUtf8, isAscii } = require('buffer');
console.log(transcode(Buffer.from('€é'), 'utf8', 'latin1'), transcode(Buffer.from('é'), 'utf8', 'utf16le'), transcode(Buffer.from([0xe9]), 'latin1', 'utf8'));
console.log(isUtf8(Buffer.from('é')), isUtf8(Buffer.from([0xe9])), isAscii(Buffer.from('a')), isAscii(Buffer.from('é')));
try { transcode(Buffer.from('a'), 'utf8', 'hex'); } catch (error) { console.log(error.code); }
