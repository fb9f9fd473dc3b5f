// What may be an exit code.
for (const code of ['3', 4, null, undefined, 1.5, 'x', {}, true]) {
  try {
    process.exitCode = code;
    console.log(typeof code, process.exitCode);
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
process.exitCode = 0;
