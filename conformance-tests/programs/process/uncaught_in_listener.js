// A listener of 'uncaughtException' that throws ends the program with code 7.
process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtException', () => { throw new Error('worse'); });
throw new Error('bad');
