//! Valid programs that end by themselves and print what they compute.
//!
//! A budget bounds each program's size; `step()` in the prelude bounds how long it runs. Nothing depends on time, chance or
//! the words of an engine's messages, so that two engines must print the same.

use super::Rng;

const PRELUDE: &str = r#"'use sloppy';
let steps = 0;
function step() { if (++steps > 2000) throw new EvalError('steps') }
function show(v, d = 0) {
  if (typeof v === 'string') return JSON.stringify(v);
  if (typeof v === 'bigint') return v + 'n';
  if (typeof v === 'function') return 'function ' + v.name + '/' + v.length;
  if (typeof v !== 'object' || v === null) return Object.is(v, -0) ? '-0' : String(v);
  if (d > 2) return '...';
  if (v instanceof Error) return v.name;
  if (Array.isArray(v)) { const parts = []; for (let i = 0; i < Math.min(v.length, 12); i++) parts.push(i in v ? show(v[i], d + 1) : 'hole'); return '[' + parts + '#' + v.length + ']' }
  if (v instanceof Map || v instanceof Set) return v.constructor.name + show([...v], d + 1);
  if (v instanceof RegExp) return String(v);
  const tag = Object.prototype.toString.call(v);
  return tag + '{' + Reflect.ownKeys(v).slice(0, 12).map(k => String(k) + ':' + attempt(() => show(v[k], d + 1))) + '}';
}
function attempt(f) { try { return f() } catch (e) { return 'threw ' + (e instanceof Error ? e.name : show(e, 2)) } }
function out(f) { print(attempt(() => show(f()))) }
"#;

struct Maker {
    rng: Rng,
    text: String,
    names: Vec<String>,
    budget: usize,
    counter: usize,
    indent: usize,
    in_function: bool,
    in_generator: bool,
    in_loop: bool,
}

/// The program of a seed.
#[must_use]
pub fn program(seed: u64) -> String {
    let mut maker = Maker {
        rng: Rng::new(seed),
        text: PRELUDE.replace(
            "sloppy",
            if seed.is_multiple_of(2) {
                "strict"
            } else {
                "sloppy"
            },
        ),
        names: Vec::new(),
        budget: 120,
        counter: 0,
        indent: 0,
        in_function: false,
        in_generator: false,
        in_loop: false,
    };
    for _ in 0..3 {
        maker.declaration();
    }
    while maker.budget > 0 {
        maker.guarded_statement();
    }
    for name in maker.names.clone() {
        maker.line(&format!("out(() => {name});"));
    }
    maker.text
}

impl Maker {
    fn line(&mut self, text: &str) {
        self.text.push_str(&"  ".repeat(self.indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    fn fresh(&mut self) -> String {
        self.counter += 1;
        format!("v{}", self.counter)
    }

    fn name(&mut self) -> String {
        let at = self.rng.below(self.names.len());
        self.names
            .get(at)
            .cloned()
            .unwrap_or_else(|| "undefined".to_owned())
    }

    fn declaration(&mut self) {
        let value = self.expression(3);
        let name = self.fresh();
        let kind = self.rng.pick(&["let", "var", "let"]);
        self.line(&format!("{kind} {name} = attempt(() => {value});"));
        self.names.push(name);
    }

    /// A statement at top level: what it throws is printed.
    fn guarded_statement(&mut self) {
        if self.rng.once_in(3) {
            return self.declaration();
        }
        if self.rng.once_in(3) {
            let value = self.expression(4);
            return self.line(&format!("out(() => {value});"));
        }
        self.line("try {");
        self.block(3);
        self.line("} catch (e) { print('caught ' + show(e)) }");
    }

    fn block(&mut self, depth: usize) {
        let scope = self.names.len();
        self.indent += 1;
        for _ in 0..=self.rng.below(3) {
            self.statement(depth);
        }
        self.indent -= 1;
        self.names.truncate(scope);
    }

    fn statement(&mut self, depth: usize) {
        self.spend();
        let choice = if depth == 0 {
            self.rng.below(4)
        } else {
            self.rng.below(17)
        };
        match choice {
            0 => {
                let (value, name) = (self.expression(depth), self.fresh());
                let kind = self.rng.pick(&["let", "const"]);
                self.line(&format!("{kind} {name} = {value};"));
                if kind == "let" {
                    self.names.push(name);
                }
            }
            1 => {
                let (target, value) = (self.target(depth), self.expression(depth));
                let op = self
                    .rng
                    .pick(&["=", "+=", "-=", "??=", "||=", "&&=", "<<=", "**="]);
                self.line(&format!("{target} {op} {value};"));
            }
            2 => {
                let value = self.expression(depth);
                self.line(&format!("print(show({value}));"));
            }
            3 => {
                let value = self.expression(depth);
                self.line(&format!("{{}};({value});"));
            }
            4 => {
                let test = self.expression(depth - 1);
                self.line(&format!("if ({test}) {{"));
                self.block(depth - 1);
                self.line("} else {");
                self.block(depth - 1);
                self.line("}");
            }
            5 | 6 => self.for_loop(depth),
            7 => self.try_statement(depth),
            8 => self.switch_statement(depth),
            9 => self.function_statement(depth),
            10 => self.class_statement(depth),
            11 => {
                let (pattern, value) = (self.pattern(depth - 1), self.expression(depth));
                self.line(&format!("let {pattern} = {value};"));
            }
            12 if self.in_function => {
                let value = self.expression(depth - 1);
                self.line(&format!("return {value};"));
            }
            13 if self.in_loop => {
                let word = self.rng.pick(&["break", "continue"]);
                let test = self.expression(depth - 1);
                self.line(&format!("if ({test}) {word};"));
            }
            14 if self.in_generator => {
                let value = self.expression(depth - 1);
                let star = if self.rng.once_in(4) { "*[" } else { "[" };
                self.line(&format!("yield {star}{value}];"));
            }
            15 => {
                let value = self.expression(depth - 1);
                self.line(&format!("if (step(), {value}) throw {value};"));
            }
            _ => {
                let label = self.fresh();
                self.line(&format!("{label}: {{"));
                self.block(depth - 1);
                let test = self.expression(1);
                self.line(&format!("  if ({test}) break {label};"));
                self.block(depth - 1);
                self.line("}");
            }
        }
    }

    fn for_loop(&mut self, depth: usize) {
        let name = self.fresh();
        let was = std::mem::replace(&mut self.in_loop, true);
        let scope = self.names.len();
        let iterated = self.expression(depth - 1);
        let n = self.rng.below(5);
        match self.rng.below(6) {
            0 => self.line(&format!("for (const {name} of {iterated}) {{ step();")),
            1 => self.line(&format!("for (const {name} in {iterated}) {{ step();")),
            2 => self.line(&format!(
                "for (var {name} = 0; {name} < {n}; {name}++) {{ step();"
            )),
            3 => self.line(&format!(
                "for (const [{name}] of Object.entries({iterated} ?? 0)) {{ step();"
            )),
            _ => {
                self.line(&format!(
                    "for (let {name} = 0; {name} < {n}; {name}++) {{ step();"
                ));
                if self.rng.once_in(3) {
                    self.line(&format!("  var f{name} = () => {name};"));
                }
            }
        }
        self.names.push(name);
        self.block(depth - 1);
        self.line("}");
        self.names.truncate(scope);
        self.in_loop = was;
    }

    fn try_statement(&mut self, depth: usize) {
        self.line("try {");
        self.block(depth - 1);
        match self.rng.below(3) {
            0 => self.line("} catch {"),
            1 => self.line("} catch ({ name, message: m = 1 }) { print(name);"),
            _ => self.line("} catch (e) { print(show(e));"),
        }
        self.block(depth - 1);
        if self.rng.once_in(2) {
            self.line("} finally { step();");
            self.block(depth - 1);
        }
        self.line("}");
    }

    fn switch_statement(&mut self, depth: usize) {
        let value = self.expression(depth - 1);
        self.line(&format!("switch ({value}) {{"));
        for at in 0..self.rng.below(4) {
            let case = self.expression(1);
            self.line(&if at == 1 {
                "default:".to_owned()
            } else {
                format!("case {case}:")
            });
            let was = std::mem::replace(&mut self.in_loop, false);
            self.line("{");
            self.block(depth - 1);
            self.line("}");
            self.in_loop = was;
            if self.rng.once_in(2) {
                self.line("break;");
            }
        }
        self.line("}");
    }

    fn function_body(&mut self, depth: usize, generator: bool) -> String {
        let outer = std::mem::take(&mut self.text);
        let was = (
            self.in_function,
            self.in_generator,
            self.in_loop,
            self.indent,
        );
        (self.in_function, self.in_generator, self.in_loop) = (true, generator, false);
        self.line("step();");
        self.block(depth);
        let value = self.expression(1);
        self.line(&format!("return {value};"));
        (
            self.in_function,
            self.in_generator,
            self.in_loop,
            self.indent,
        ) = was;
        std::mem::replace(&mut self.text, outer)
    }

    fn params(&mut self, depth: usize) -> (String, Vec<String>) {
        let mut names = Vec::new();
        let mut text = Vec::new();
        for _ in 0..self.rng.below(3) {
            let name = self.fresh();
            text.push(match self.rng.below(5) {
                0 => format!("{name} = {}", self.expression(depth.min(1))),
                1 => format!("[{name}] = []"),
                2 => format!("{{ a: {name} }} = {{}}"),
                _ => name.clone(),
            });
            names.push(name);
        }
        if self.rng.once_in(5) {
            let name = self.fresh();
            text.push(format!("...{name}"));
            names.push(name);
        }
        (text.join(", "), names)
    }

    fn function_statement(&mut self, depth: usize) {
        let name = self.fresh();
        let (params, names) = self.params(depth);
        let scope = self.names.len();
        self.names.extend(names);
        let generator = self.rng.once_in(3);
        let body = self.function_body(depth - 1, generator);
        self.names.truncate(scope);
        let star = if generator { "*" } else { "" };
        self.line(&format!("function{star} {name}({params}) {{\n{body}}}"));
        let call = if generator {
            format!("[...{name}(1, [2])]")
        } else {
            format!("{name}(1, [2], 'x')")
        };
        self.line(&format!("print(attempt(() => show({call})));"));
        self.names.push(name);
    }

    fn class_statement(&mut self, depth: usize) {
        let name = self.fresh();
        let parent = match self.rng.below(4) {
            0 => " extends Array".to_owned(),
            1 => format!(" extends ({} ?? Object)", self.name()),
            _ => String::new(),
        };
        let derived = !parent.is_empty();
        self.line(&format!("class {name}{parent} {{"));
        let value = self.expression(1);
        self.line(&format!("  #p = {value}; static s = 1; f = this.#p;"));
        if self.rng.once_in(2) {
            let call = if derived { "super();" } else { "" };
            self.line(&format!(
                "  constructor(...a) {{ {call} this.c = a.length; }}"
            ));
        }
        let (params, names) = self.params(1);
        let scope = self.names.len();
        self.names.extend(names);
        let body = self.function_body(depth - 1, false);
        self.names.truncate(scope);
        self.line(&format!("  m({params}) {{\n{body}}}"));
        self.line("  get g() { return this.#p } set g(v) { this.#p = v } static #q() { return this.s } static q() { return this.#q() }");
        self.line(
            "  *[Symbol.iterator]() { yield 1; yield this.f } toString() { return 'C' + this.f }",
        );
        self.line("}");
        self.line(&format!("out(() => {{ const o = new {name}(1, 2); o.g = 5; return [o, o.m(3), o.g, {name}.q(), `${{o}}`] }});"));
        self.names.push(name);
    }

    fn pattern(&mut self, depth: usize) -> String {
        let value = self.expression(depth.min(1));
        let (a, b) = (self.fresh(), self.fresh());
        let text = match self.rng.below(5) {
            0 => format!("[{a} = {value}, ...{b}]"),
            1 => format!("{{ a: {a}, ...{b} }}"),
            2 => format!("{{ length: {a} = {value}, [{value}]: {b} }}"),
            3 => format!("[, {a}, [{b}] = [{value}]]"),
            _ => format!("{{ a: {{ b: {a} = 1 }} = {{}}, b: {b} = {a} }}"),
        };
        self.names.extend([a, b]);
        text
    }

    fn target(&mut self, depth: usize) -> String {
        let name = self.name();
        match self.rng.below(4) {
            0 => format!("{name}.a"),
            1 => format!("{name}[{}]", self.expression(depth.min(1))),
            _ => name,
        }
    }

    fn literal(&mut self) -> String {
        const VALUES: &[&str] = &[
            "0",
            "1",
            "-1",
            "2",
            "3",
            "7",
            "10",
            "-0",
            "0.5",
            "1e21",
            "1e-7",
            "255",
            "2147483647",
            "-2147483648",
            "4294967296",
            "NaN",
            "Infinity",
            "9007199254740993",
            "''",
            "'a'",
            "'abc'",
            "'10'",
            "' 7 '",
            "'\\u{1F600}x'",
            "'\\ud800'",
            "'aXbXc'",
            "true",
            "false",
            "null",
            "undefined",
            "0n",
            "1n",
            "-5n",
            "12345678901234567890n",
            "[]",
            "[1, 2, 3]",
            "[3, 1, 2]",
            "['b', 'a']",
            "[, 1]",
            "{}",
            "({})",
            "({ a: 1 })",
            "({ a: { b: 2 }, c: [1] })",
            "({ 2: 'x', 1: 'y', z: 0 })",
            "({ get a() { step(); return 4 }, set a(v) { step() } })",
            "({ valueOf() { step(); return 3 } })",
            "({ toString() { return 'ts' } })",
            "({ [Symbol.toPrimitive](h) { return h } })",
            "/a(b)?/g",
            "/[^x]+/y",
            "/(?<n>.)x/iu",
            "Symbol.iterator",
            "new Map([[1, 2]])",
            "new Set([1, 'a'])",
            "new Date(0).getTime()",
            "Math.max",
            "parseInt",
            "new Uint8Array([1, 256, -1])",
            "(x => x)",
            "function () { return arguments.length }",
            "new Proxy([1, 2], {})",
            "new Float64Array(2)",
            "Object.freeze([1])",
        ];
        let text = self.rng.pick(VALUES);
        if text == "{}" {
            "({})".to_owned()
        } else {
            text.to_owned()
        }
    }

    fn expression(&mut self, depth: usize) -> String {
        if depth == 0 || !self.spend() {
            return if self.rng.once_in(2) {
                self.name()
            } else {
                self.literal()
            };
        }
        let d = depth - 1;
        match self.rng.below(22) {
            0 => self.literal(),
            1 => self.name(),
            2 | 3 => {
                const OPS: &[&str] = &[
                    "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "<", ">", "<=",
                    ">=", "==", "===", "!=", "!==", "&&", "||", ",",
                ];
                let op = self.rng.pick(OPS);
                format!("({} {op} {})", self.expression(d), self.expression(d))
            }
            4 => {
                let op = self
                    .rng
                    .pick(&["-", "+", "!", "~", "typeof ", "void ", "delete "]);
                let value = self.expression(d);
                if op == "delete " {
                    format!("delete ({value}).a")
                } else {
                    format!("{op}({value})")
                }
            }
            5 => format!(
                "({} ? {} : {})",
                self.expression(d),
                self.expression(d),
                self.expression(d)
            ),
            6 => format!(
                "({})?.{}",
                self.expression(d),
                self.rng
                    .pick(&["a", "b", "length", "a.b", "[0]", "constructor?.name", "g"])
            ),
            7 => format!(
                "[{}, ...[{}], {}]",
                self.expression(d),
                self.expression(d),
                self.expression(d)
            ),
            8 => format!(
                "({{ a: {}, [{}]: 1, ...{} }})",
                self.expression(d),
                self.expression(d),
                self.expression(d)
            ),
            9 => format!(
                "`<${{{}}}|${{{}}}>`",
                self.expression(d),
                self.expression(d)
            ),
            10 => {
                let target = self.target(d);
                let op = self.rng.pick(&["=", "+=", "||=", "??=", "-=", "*="]);
                format!("({target} {op} {})", self.expression(d))
            }
            11 => {
                let target = self.target(d);
                self.rng
                    .pick(&["++T", "T++", "--T", "T--"])
                    .replace('T', &target)
            }
            12 | 13 => self.method_call(d),
            14 | 15 => self.static_call(d),
            16 => {
                let (params, names) = self.params(1);
                let scope = self.names.len();
                self.names.extend(names);
                let body = self.expression(d);
                self.names.truncate(scope);
                format!("(({params}) => (step(), {body}))")
            }
            17 => format!("({})({})", self.expression(d), self.expression(d)),
            18 => format!("({} ?? {})", self.expression(d), self.expression(d)),
            19 => format!("({} in Object({}))", self.literal_key(), self.expression(d)),
            20 => format!("new ({})({})", self.expression(d), self.expression(d)),
            _ => format!(
                "({} ** {})",
                self.rng.pick(&["2", "-1.5", "3n", "0"]),
                self.expression(d)
            )
            .replace("(-1.5 **", "((-1.5) **"),
        }
    }

    fn literal_key(&mut self) -> String {
        self.rng
            .pick(&["'a'", "0", "'length'", "Symbol.iterator", "'x'"])
            .to_owned()
    }

    fn method_call(&mut self, d: usize) -> String {
        const CALLS: &[&str] = &[
            "map(x => (step(), [x, E]))",
            "filter(x => x > E)",
            "slice(E, 3)",
            "join(E)",
            "concat(E)",
            "indexOf(E)",
            "includes(E)",
            "at(E)",
            "reverse()",
            "sort()",
            "toSorted((a, b) => (step(), a < b ? 1 : -1))",
            "reduce((a, b) => a + b, E)",
            "flat(2)",
            "flatMap(x => [x, E])",
            "fill(E, 1)",
            "splice(E, 1, 'n')",
            "push(E)",
            "pop()",
            "shift()",
            "unshift(E)",
            "with(0, E)",
            "findLast(x => x == E)",
            "copyWithin(0, E)",
            "entries().next()",
            "keys()",
            "split(E)",
            "split(/b|X/)",
            "replace(/[aX]/g, E)",
            "replaceAll('a', E)",
            "replace('b', '[$&$`$\\']')",
            "match(/(.)(X)?/g)",
            "matchAll(/./gu).next().value",
            "search(/b/)",
            "padStart(9, E)",
            "repeat(3)",
            "toUpperCase()",
            "trim()",
            "charCodeAt(E)",
            "codePointAt(0)",
            "normalize('NFD')",
            "localeCompare('b')",
            "startsWith(E)",
            "substring(E, 2)",
            "substr(-2, E)",
            "isWellFormed()",
            "toString(16)",
            "toFixed(2)",
            "toPrecision(3)",
            "toString()",
            "valueOf()",
            "get(E)",
            "set(1, E)",
            "has(E)",
            "delete(E)",
            "forEach(x => print(show(x)))",
            "size",
            "next()",
            "exec(E)",
            "test(E)",
            "bind(E, 1)",
            "call(E, 2)",
            "apply(E, [1, 2])",
            "hasOwnProperty(E)",
            "isPrototypeOf(E)",
            "name",
            "length",
            "constructor",
            "a",
            "description",
            "subarray(1)",
            "set([E])",
            "lastIndex",
            "toLocaleUpperCase()",
        ];
        let call = self.rng.pick(CALLS);
        let (this, argument) = (self.expression(d), self.expression(d.min(1)));
        format!("({this})?.{}", call.replace('E', &argument))
    }

    fn static_call(&mut self, d: usize) -> String {
        const CALLS: &[&str] = &[
            "Object.keys(E)",
            "Object.entries(E)",
            "Object.assign({}, E)",
            "Object.fromEntries([[E, 1]])",
            "Object.getOwnPropertyDescriptor(E, 'a')",
            "Object.freeze(E)",
            "Object.isFrozen(E)",
            "Object.create(E)",
            "Object.getPrototypeOf(E) === Object.prototype",
            "Object.is(E, E)",
            "Object.defineProperty({}, E, { value: 1 })",
            "Array.from(E)",
            "Array.of(E)",
            "Array.from({ length: 3 }, (x, i) => (step(), i + E))",
            "Array.isArray(E)",
            "new Array(E)",
            "Array(3).fill(E)",
            "JSON.stringify(E)",
            "JSON.stringify(E, null, 1)",
            "JSON.stringify([E, undefined, () => 1])",
            "JSON.parse(String(E))",
            "JSON.parse(JSON.stringify(E), (k, v) => (step(), v))",
            "String(E)",
            "Number(E)",
            "BigInt(E)",
            "Boolean(E)",
            "Symbol(E).toString()",
            "parseInt(E, 16)",
            "parseFloat(E)",
            "isNaN(E)",
            "Math.round(E)",
            "Math.hypot(E, 3)",
            "Math.max(E, 1)",
            "Math.fround(E)",
            "Math.imul(E, 3)",
            "Math.clz32(E)",
            "Math.sign(E)",
            "Math.trunc(E)",
            "Math.cbrt(27)",
            "String.fromCharCode(E)",
            "String.raw({ raw: E }, 1)",
            "Reflect.ownKeys(Object(E))",
            "Reflect.has(Object(E), 'a')",
            "Reflect.apply(Math.max, null, [E, 2])",
            "Reflect.construct(Array, [E])",
            "new Map(Object.entries(E ?? 0))",
            "new Set(E)",
            "[...E]",
            "[...new Set([E, E])]",
            "Number.isInteger(E)",
            "Number.parseFloat(E)",
            "(E).toString(2)",
            "encodeURIComponent(E)",
            "decodeURIComponent('%41' + E)",
            "escape(E)",
            "new RegExp(E)",
            "new RegExp('a|' + E, 'g').source",
            "new String(E)",
            "Object(E)",
            "new Uint8Array(E)",
            "Uint8Array.from([E, 300])",
            "new Int16Array([E])[0]",
            "BigInt.asIntN(8, 300n)",
            "Number.MAX_SAFE_INTEGER + E",
            "new Proxy({}, { get(t, k) { step(); return typeof k } })[E]",
            "new Proxy({}, { has() { step(); return true } })",
            "(function () { return this === undefined })()",
            "(function (a) { arguments[0] = E; return a })(1)",
            "((a, b = a) => [a, b])(E)",
            "(function* () { try { yield E } finally { print('fin') } })().next()",
            "[...(function* () { const x = yield 1; yield x })()]",
            "(() => { for (const x of (function* () { try { yield 1; yield 2 } finally { print('end') } })()) return x })()",
            "(() => { try { return E } finally { print('f') } })()",
            "(() => { l: for (const x of [1, 2]) { for (;;) { step(); continue l } } return 1 })()",
            "(class { static #x = E; static get() { return this.#x } }).get()",
        ];
        let call = self.rng.pick(CALLS);
        let mut text = String::new();
        for (at, part) in call.split('E').enumerate() {
            if at > 0 {
                let before = call
                    .split('E')
                    .take(at)
                    .map(|part| part.len() + 1)
                    .sum::<usize>();
                let rest = &call[before..];
                // An `E` inside of a word is not a place for an expression.
                let joined = text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                    || rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
                if joined {
                    text.push('E');
                } else {
                    let value = self.expression(d.min(2));
                    text.push_str(&value);
                }
            }
            text.push_str(part);
        }
        text
    }
}
