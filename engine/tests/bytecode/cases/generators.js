function* gen(a) { const x = yield a; try { yield* x; } finally { a(); } return 1; }
async function asyn(a) { for await (const x of a) await x; return a; }
async function* both(a) { yield a; return 1; }
