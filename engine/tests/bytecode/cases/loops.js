function sum(n) {
  var total = 0;
  for (var i = 0; i < n; i++) total += i & 3;
  return total;
}
function closures() {
  const out = [];
  for (let i = 0; i < 3; i++) out.push(() => i);
  while (out.length > 1) out.pop();
  outer: for (const x of out) {
    for (const k in x) { if (k === "a") continue outer; else break outer; }
  }
  do { out.push(1); } while (out.length < 3 && out[0] !== null);
}
