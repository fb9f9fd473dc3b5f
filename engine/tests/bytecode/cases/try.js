function t(a) {
  for (const x of a) {
    try { if (x) return x; else if (x === 1) break; }
    catch (e) { a = e; continue; }
    finally { a(); }
  }
}
try { t(); } catch { 2; } finally { 3; }
