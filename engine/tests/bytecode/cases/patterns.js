function f({ a, b: [c, , d = 1, ...e], ...rest }) { [a, c.x = 2] = e; ({ d, [a]: c[0], ...rest } = a); return rest; }
