function counter(start) {
  let n = start;
  return () => {
    n += 1;
    return n;
  };
}
const next = counter(41);
next();
