// Warnings are events of a later tick, and lines on stderr.
process.on('warning', (warning) => console.log(warning.name, warning.code, warning.message, warning.detail));
process.emitWarning('plain');
process.emitWarning('typed', 'MyWarning', 'MY001');
process.emitWarning('with detail', { type: 'Other', code: 'O1', detail: 'more to say' });
process.emitWarning(new RangeError('an error'));
console.log('sync part done');
