function pick(list, n) {
  if (n < 0) return;
  for (let i = 0; i < list.length; i++) {
    if (list[i] > n) return list[i];
  }
}
