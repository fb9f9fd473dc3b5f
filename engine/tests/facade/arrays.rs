//! Copies of arrays, which are made at once where nobody can tell; what each program gives is Node's answer.

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
fn copies_of_dense_arrays() {
    check(&[
        ("[1, 2, 3].toReversed().join()", "3,2,1"),
        ("[].toReversed().length", "0"),
        ("[1, 2, 3].with(1, 7).join()", "1,7,3"),
        ("[1, 2, 3].with(-1, 7).join()", "1,2,7"),
        ("JSON.stringify([1, 2].with(0))", "[null,2]"),
        ("try { [1].with(1, 7) } catch (e) { e.name }", "RangeError"),
        (
            "[1, 2, 3, 4].toSpliced(1, 2, 'a', 'b', 'c').join()",
            "1,a,b,c,4",
        ),
        ("[1, 2, 3].toSpliced(-1).join()", "1,2"),
        ("[1, 2, 3].toSpliced().join()", "1,2,3"),
        ("[1, 2, 3].toSpliced(1, 0).join()", "1,2,3"),
        ("[1, 2, 3].toSpliced(0, 3).length", "0"),
        ("[3, 1, 2].toSorted().join()", "1,2,3"),
        ("[3, 1, 2].toSorted((a, b) => b - a).join()", "3,2,1"),
    ]);
}

#[test]
fn copies_have_no_missing_elements() {
    check(&[
        ("Object.keys([, 1, ,].toReversed()).join()", "0,1,2"),
        ("Object.keys([, 1, ,].with(1, 2)).join()", "0,1,2"),
        ("Object.keys([, 1, ,].toSpliced(1, 1)).join()", "0,1"),
        ("Object.keys([, 1, ,].toSorted()).join()", "0,1,2"),
        ("Object.keys([, 2, , 1].sort()).join()", "0,1"),
        ("Array.prototype[0] = 9; [, 1].with(1, 2).join()", "9,2"),
        ("Array.prototype[0] = 9; [, 1].toReversed().join()", "1,9"),
        ("Array.prototype[0] = 9; [, 1].toSorted().join()", "1,9"),
        (
            "const a = [1]; a[5e6] = 2; const b = a.with(0, 3); b.length + ',' + b[5e6]",
            "5000001,2",
        ),
    ]);
}

#[test]
fn copies_of_what_changes_meanwhile() {
    check(&[
        (
            "const a = [1, 2, 3]; JSON.stringify(a.with({ valueOf() { a.length = 1; return 1 } }, 7))",
            "[1,7,null]",
        ),
        (
            "const a = [1, 2, 3]; JSON.stringify(a.toSpliced(0, { valueOf() { a.length = 0; return 1 } }))",
            "[null,null]",
        ),
        (
            "const a = [1, 2, 3]; JSON.stringify(a.with({ valueOf() { a.push(4); return 1 } }, 7))",
            "[1,7,3]",
        ),
        (
            "class A extends Array {}; A.of(1, 2).toReversed() instanceof A",
            "false",
        ),
        (
            "const a = [3, 1, 2]; a.toSorted((x, y) => { a.length = 0; return x - y }).join()",
            "1,2,3",
        ),
        (
            "Object.defineProperty([1, 2], 0, { get: () => 5 }).toReversed().join()",
            "2,5",
        ),
    ]);
}
