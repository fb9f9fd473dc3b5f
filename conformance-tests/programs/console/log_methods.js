// log, info and debug write to stdout; error and warn to stderr.
console.log('log', 1, { a: 1 });
console.info('info %s', 'x');
console.debug('debug');
console.error('not here');
console.warn('nor here');
console.log();
console.log('');
console.log('%s');
console.log('50% of %d', 10);
