// --throw-deprecation turns deprecation warnings into errors.
process.on('uncaughtException', (err) => console.log('thrown', err.name, err.code, err.message));
process.emitWarning('old', 'DeprecationWarning', 'DEP_X');
