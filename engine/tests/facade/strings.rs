//! Strings that are put together, taken apart and searched; what each program gives is Node's answer.

use ouro_engine::Context;

fn check(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        let mut ctx = Context::new().expect("a context can be made");
        let value = ctx.eval(source, "t.js").unwrap();
        let text = value.to_js_string(&mut ctx).unwrap();
        assert_eq!(text, *expected, "{source}");
    }
}

#[test]
fn texts_grow_at_their_ends() {
    check(&[
        (
            "let s = ''; for (let i = 0; i < 5000; i++) s += i; s.length + s.slice(-8) + s.slice(9, 14)",
            "188904998499991011",
        ),
        // An earlier text is not changed by what is appended later, and can be continued otherwise.
        (
            "let s = ''; const all = []; for (let i = 0; i < 300; i++) { s += 'ab' + i; all.push(s); }
            const other = all[100] + '!'; const third = all[100] + '?';
            [all.every((t, i) => t.endsWith('ab' + i)), other.slice(-6), third.slice(-6), all[101].slice(-6),
                all[101].startsWith(all[100]), s.length].join()",
            "true,ab100!,ab100?,0ab101,true,1390",
        ),
        // A wide piece in the middle.
        (
            "let s = ''; for (let i = 0; i < 200; i++) s += i === 100 ? '\\u4e2d' : 'x' + i;
            [s.length, s.indexOf('\\u4e2d'), s.charCodeAt(290), s.slice(-4), s.slice(0, 6)].join()",
            "687,290,20013,x199,x0x1x2",
        ),
        // Doubling: the right side is the text itself.
        (
            "let s = 'abc'; for (let i = 0; i < 12; i++) { s += s; s += i; }
            [s.length, s.slice(0, 8), s.slice(-8)].join()",
            "16386,abcabc0a,67891011",
        ),
        (
            "let s = 'n:'; s += 1; s += -0; s += 1.5; s += 1e21; s += NaN; s += 123456789012; s",
            "n:101.51e+21NaN123456789012",
        ),
    ]);
}

#[test]
fn templates_join_everything() {
    check(&[
        (
            "`${1}|${'a'}|${null}|${undefined}|${true}|${1.5}|${10n}|${[1, 2]}|${{}}`",
            "1|a|null|undefined|true|1.5|10|1,2|[object Object]",
        ),
        (
            "const w = '\\u4e2d'; `a${w}b`.length + `${w}` + `${''}${w}${''}`",
            "3\u{4e2d}\u{4e2d}",
        ),
        (
            "const long = 'x'.repeat(600); const t = `<${long}|${long}>`; t.length + t[601] + t[1202]",
            "1203|>",
        ),
    ]);
}

#[test]
fn replacing_text() {
    check(&[
        ("'a.b.c'.replaceAll('.', '--')", "a--b--c"),
        (
            "'aaa'.replaceAll('aa', 'b') + 'abc'.replaceAll('', '-')",
            "ba-a-b-c-",
        ),
        (
            "'x\\u4e2dx'.replaceAll('x', '\\u00e9\\u4e2d')",
            "\u{e9}\u{4e2d}\u{4e2d}\u{e9}\u{4e2d}",
        ),
        (
            "'x\\u4e2dx'.replaceAll('\\u4e2d', 'y') + 'abc'.replaceAll('\\u4e2d', 'y')",
            "xyxabc",
        ),
        (
            "'abcabc'.replaceAll('b', '[$&$$$`$\\']')",
            "a[b$acabc]ca[b$abcac]c",
        ),
        (
            "'abcabc'.replaceAll('b', (m, at, s) => m + at + s.length)",
            "ab16cab46c",
        ),
        (
            "'abcabc'.replace('b', 'x') + 'abc'.replace('d', 'x') + 'abc'.replace('', 'x')",
            "axcabcabcxabc",
        ),
        ("'b'.repeat(3000).replaceAll('b', 'cd').length", "6000"),
    ]);
}

#[test]
fn splitting_text() {
    check(&[
        ("'a,b,,c,'.split(',').join('|')", "a|b||c|"),
        (
            "'a\\u00e9\\u4e2d'.split('').map(c => c.charCodeAt(0)).join()",
            "97,233,20013",
        ),
        (
            "const a = 'x'.repeat(1000).split(''); [a.length, a[999], a.at(-1), a.indexOf('y')].join()",
            "1000,x,x,-1",
        ),
        (
            "'abcdef'.split('', 4).length + 'a-b-c'.split('-', 2).join() + ''.split('').length + ''.split(',').length",
            "4a,b01",
        ),
        (
            "'x\\u4e2dy\\u4e2d'.split('\\u4e2d').join('|') + 'one--two'.split('--').join('|')",
            "x|y|one|two",
        ),
    ]);
}

#[test]
fn iterating_over_text() {
    check(&[
        ("let t = ''; for (const c of 'a\\u{1F600}\\ud800b\\u00e9') t += c.length; t", "12111"),
        ("const [a, b, ...rest] = 'x\\u{1F600}yz'; [a.length, b.length, rest.join('')].join()", "1,2,yz"),
        ("let n = 0; for (const c of 'abc') { if (c === 'b') break; n++; } n", "1"),
        ("let t = ''; for (const c of 'abc' + 'd'.repeat(40)) t += c; t.length", "43"),
        (
            "String.prototype[Symbol.iterator] = function* () { yield 'own'; };
            let t = ''; for (const c of 'abc') t += c; t + [...'abc']",
            "ownown",
        ),
        (
            "const proto = Object.getPrototypeOf(''[Symbol.iterator]()); const next = proto.next; let calls = 0;
            proto.next = function () { calls++; return next.call(this); };
            let t = ''; for (const c of 'abc') t += c; t + calls",
            "abc4",
        ),
    ]);
}

/// Boa has no `RegExp.$1`.
#[cfg(not(feature = "boa"))]
#[test]
fn regular_expressions_of_one_literal() {
    check(&[
        // They share what they were compiled to, and nothing that programs can change.
        (
            "const make = () => /a(b)?/g; const x = make(), y = make(); x.lastIndex = 2; x.own = 1; x.compile('z', 'i');
            [x.source, x.flags, y.source, y.flags, y.lastIndex, y.own, make() === make(), make().test('ab')].join()",
            "z,i,a(b)?,g,0,,false,true",
        ),
        (
            "/(.)(.)(.)/.exec('abc'); const before = RegExp.$3 + RegExp['$+'];
            /(x)/.exec('wxy'); [before, RegExp.$1, RegExp.$2, RegExp.$3, RegExp['$+'], RegExp['$`'], RegExp[\"$'\"]].join('|')",
            "cc|x|||x|w|y",
        ),
        ("/b/.exec('abc'); [RegExp.$1, RegExp['$&'], RegExp['$+']].join('|')", "|b|"),
        ("'\\u4e2dab\\u4e2d'.search(/b/) + '\\u4e2d'.repeat(50).concat('q').search('q')", "52"),
    ]);
}

#[test]
fn objects_as_maps() {
    check(&[
        (
            "const o = {}; for (let i = 0; i < 500; i++) o['k' + i] = i;
            let sum = 0; for (let i = 0; i < 500; i++) sum += o['k' + i]; delete o.k3; o.k3 = 'last';
            const keys = []; for (const k in o) keys.push(k);
            [sum, keys.length, keys[3], keys.at(-1), Object.keys(o).length, o['k' + 3]].join()",
            "124750,500,k4,k3,500,last",
        ),
        // Names that go away under way are not visited, nor those that a prototype's hide.
        (
            "const o = Object.create({ p: 1, q: 2, a9: 0 }); for (let i = 0; i < 200; i++) o['a' + i] = i;
            Object.defineProperty(o, 'q', { value: 1, enumerable: false, configurable: true });
            let seen = 0; for (const k in o) { seen++; if (k === 'a5') for (let i = 100; i < 200; i++) delete o['a' + i]; }
            const list = []; for (const k in o) list.push(k); [seen, list.length, list.at(-1)].join()",
            "101,101,p",
        ),
        (
            "const o = {}; for (let i = 0; i < 200; i++) o['a' + i] = i; Object.freeze(o); o['a' + 7] = 'x'; o['new' + 1] = 1;
            Object.defineProperty(Object.prototype, 'ro1', { value: 1, configurable: true }); const p = {}; p['ro' + 1] = 2;
            let set = 0; Object.defineProperty(Object.prototype, 'acc1', { set(v) { set = v; }, configurable: true });
            const q = {}; q['acc' + 1] = 5;
            [o.a7, o.new1, p.ro1, Object.keys(p).length, set, Object.keys(q).length].join()",
            "7,,1,0,5,0",
        ),
    ]);
}

#[test]
fn sorting_text() {
    check(&[
        (
            "['b', 'a\\u4e2d', 'a\\u00e9', 'a', '', 'abcdefgh2', 'abcdefgh1', 'abcd', 'abcd\\0', 10, 9, undefined, 'ab'].sort().map(escape).join('|')",
            "|10|9|a|ab|abcd|abcd%00|abcdefgh1|abcdefgh2|a%E9|a%u4E2D|b|undefined",
        ),
        (
            "const a = []; for (let i = 0; i < 5000; i++) a.push('x' + (i * 7919 % 5000)); a.sort();
            let ok = true; for (let i = 1; i < a.length; i++) ok &&= a[i - 1] < a[i]; ok + a[1]",
            "truex1",
        ),
    ]);
}

#[test]
fn json_again_and_again() {
    check(&[
        (
            "const text = '{\"a\":1,\"b\":{\"c\":[1,\"x\"]}}'; let last; for (let i = 0; i < 100; i++) last = JSON.parse(text);
            last.b.c.push(2); delete last.a; JSON.stringify(JSON.parse(text)) + JSON.stringify(last)",
            "{\"a\":1,\"b\":{\"c\":[1,\"x\"]}}{\"b\":{\"c\":[1,\"x\",2]}}",
        ),
        (
            "class P { constructor(x) { this.x = x; } } const p = new P(1); const out = [JSON.stringify(p)];
            P.prototype.toJSON = function () { return 'P' + JSON.stringify({ y: this.x }); };
            out.push(JSON.stringify([p, p])); delete P.prototype.toJSON; p.z = undefined; out.push(JSON.stringify(p)); out.join(';')",
            "{\"x\":1};[\"P{\\\"y\\\":1}\",\"P{\\\"y\\\":1}\"];{\"x\":1}",
        ),
        (
            "const cycle = {}; cycle.self = cycle; let n = 0;
            for (let i = 0; i < 3; i++) try { JSON.stringify(cycle); } catch { n++; }
            for (let i = 0; i < 3; i++) try { JSON.parse('{\"a\":[1,'); } catch { n++; }
            n + JSON.stringify({ a: [1, { b: '\\u4e2d' }] }) + JSON.stringify('x')",
            "6{\"a\":[1,{\"b\":\"\u{4e2d}\"}]}\"x\"",
        ),
    ]);
}

/// Boa panics when a name is deleted that a cache knows.
#[cfg(not(feature = "boa"))]
#[test]
fn deleted_and_frozen_names() {
    check(&[
        (
            "function make(i) { const o = { a: 1, b: 2, c: i }; delete o.c; return o; }
            const list = []; for (let i = 0; i < 50; i++) list.push(make(i));
            const o = list[7]; o.d = 4; delete o.d; delete o.a; o.a = 9;
            [Object.keys(o), Object.keys(list[8]), o.c, o.d, 'c' in o, list[8].a, list.map(x => x.b).join('')].join('|')",
            "b,a|a,b|||false|1|22222222222222222222222222222222222222222222222222",
        ),
        (
            "function get(o) { return o.x; } class A {} A.prototype.x = 'proto';
            const a = new A(); const out = []; for (let i = 0; i < 30; i++) { a.x = i; out.push(get(a)); delete a.x; out.push(get(a)); }
            delete A.prototype.x; out.push(get(a)); out.slice(-3).join()",
            "29,proto,",
        ),
        (
            "'use strict'; const fails = f => { try { f(); return 'no'; } catch (e) { return e.constructor.name; } };
            const all = []; for (let i = 0; i < 20; i++) all.push(Object.freeze({ a: i, get b() { return 5; }, [Symbol.iterator]: 1 }));
            const o = all[3], s = Object.seal({ a: 1, b: 2 }); s.a = 7;
            [fails(() => { o.a = 1; }), fails(() => { o.z = 1; }), fails(() => { delete o.a; }), fails(() => { delete s.a; }),
                fails(() => { s.c = 1; }), o.a, o.b, s.a, Object.isFrozen(o), Object.isSealed(s), Object.isFrozen(s),
                Object.isExtensible(o), JSON.stringify(Object.getOwnPropertyDescriptor(o, 'a'))].join()",
            "TypeError,TypeError,TypeError,TypeError,TypeError,3,5,7,true,true,false,false,{\"value\":3,\"writable\":false,\"enumerable\":true,\"configurable\":false}",
        ),
        (
            "class P { #n = 1; bump() { return ++this.#n; } } const p = Object.freeze(new P()); p.bump(); const q = new P();
            const proto = Object.freeze({ x: 1 }); const c = Object.create(proto); c.x = 2; const e = Object.freeze({});
            e.y = 1; const el = Object.freeze({ 0: 'a', z: 1 }); el[0] = 'b';
            [p.bump(), q.bump(), c.x, Object.keys(e).length, Object.isFrozen(e), el[0], Object.isFrozen(el)].join()",
            "3,2,1,0,true,a,true",
        ),
    ]);
}

#[cfg(not(feature = "boa"))]
#[test]
fn lone_surrogates_in_the_text_of_code() {
    check(&[
        ("eval('\"a\\uD800b\"') === 'a\\uD800b'", "true"),
        ("(0, eval)('`\\uDFFF`') === '\\uDFFF'", "true"),
        (
            "eval('\"use strict\"; /[\\uD800]/.source') === '[\\uD800]'",
            "true",
        ),
        ("eval('/[\\uD800-\\uDBFF]/u').test('\\uDB00')", "true"),
        ("eval('String.raw`\\uD83D`') === '\\uD83D'", "true"),
        (
            "Object.keys(eval('({\"\\uD800\": 1})'))[0] === '\\uD800'",
            "true",
        ),
        (
            "eval('({\"\\uD800\"() {}})')['\\uD800'].name === '\\uD800'",
            "true",
        ),
        (
            "Function('return \"\\uD800\\u{F0000}\"')() === '\\uD800\\u{F0000}'",
            "true",
        ),
        (
            "Function('a = \"\\uDC00\"', 'return a + \"\\uD800\"')() === '\\uDC00\\uD800'",
            "true",
        ),
        (
            "eval('(() => \"\\uD800\")').toString() === '() => \"\\uD800\"'",
            "true",
        ),
        ("eval('//\\uD800\\n7')", "7"),
        (
            "try { eval('\\uD800') } catch (e) { e.name }",
            "SyntaxError",
        ),
    ]);
}
