function f(a, b) { return g(a)(b.c(a, 1), new D(...b), a.b?.c?.(1)); }
class D { constructor(x) { this.x = x; } get y() { return this.x; } static z = 1; #p = 2; m() { return this.#p; } }
class E extends D { constructor() { super(1); this.q = super.m(); } }
f(1, [2]);
