// --no-warnings silences the printing, not the event.
process.on('warning', (warning) => console.log('event', warning.message));
process.emitWarning('unseen');
