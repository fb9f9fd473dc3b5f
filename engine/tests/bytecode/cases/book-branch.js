function find(list, limit) {
  for (let i = 0; i < list.length; i++) {
    if (list[i] > limit && !busy) return i;
  }
}
