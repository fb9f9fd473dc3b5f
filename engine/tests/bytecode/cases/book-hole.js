function f() {
  const early = () => late;
  let late = 1;
  return late + early();
}
