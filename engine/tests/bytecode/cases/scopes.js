function mapped(a, b) { a = 1; return arguments[0] + b; }
function unmapped(a) { return arguments.length + a; }
function defaults(a, b = () => a, c = b) { var a = 2; return [a, b, c]; }
function evals(p) { let q = 1; { const r = eval("p + q"); return r; } }
function withs(o) { var x; with (o) { x = y; x += 1; f(); typeof z; return () => x; } }
function tdz() { { use; let use = 1; } return () => late; }
let late = 1;
function loop(n) { for (let i = 0, f = () => i; i < n; i++) { const j = i; g(() => j); } }
function annex() { { function inner() {} } return inner; }
var named = function self() { return () => self; };
const arrow = () => this;
