// Stages may be iterables and async generator functions; the promise resolves to the last one's value.
const { pipeline } = require('stream/promises');

async function* upper(source) {
  for await (const chunk of source) yield chunk.toUpperCase();
}
async function join(source) {
  let result = '';
  for await (const chunk of source) result += chunk;
  return result;
}
pipeline(['a', 'b', 'c'], upper, join).then(console.log);
pipeline(['a'], async function* () { throw new Error('broken'); }, join).catch((error) => console.log(error.message));
