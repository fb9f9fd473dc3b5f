function* countdown(n) {
  while (n > 0) yield n--;
}
async function next(promise) {
  return 1 + await promise;
}
