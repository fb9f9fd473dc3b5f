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
