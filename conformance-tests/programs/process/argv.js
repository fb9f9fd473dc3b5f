// What a script finds of its command line.
console.log(process.argv.length, process.argv.slice(2), process.execArgv);
console.log(process.argv[0] === process.execPath, require('path').basename(process.argv[1]));
