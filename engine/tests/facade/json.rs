//! `JSON.parse`: what it reads, and V8's words for what it does not: (text, outcome).

use ouro_engine::Context;

fn outcome(ctx: &mut Context, text: &str) -> String {
    match ctx.json_parse(text) {
        Ok(value) => ctx
            .json_stringify(&value)
            .unwrap()
            .unwrap()
            .to_string_lossy(),
        Err(error) => error.message(ctx),
    }
}

#[test]
fn texts_and_messages() {
    let cases = [
        (
            " [1, -0.5e2, true, null, \"\\u00e9\\n\", {}] ",
            "[1,-50,true,null,\"é\\n\",{}]",
        ),
        (
            "{\"b\":1,\"a\":[],\"b\":2,\"1\":0}",
            "{\"1\":0,\"b\":2,\"a\":[]}",
        ),
        ("\"\u{1F600}\"", "\"\u{1F600}\""),
        ("{\"__proto__\":1}", "{\"__proto__\":1}"),
        (
            "{a",
            "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
        ),
        (
            "{\"a\":\n1 2}",
            "Expected ',' or '}' after property value in JSON at position 8 (line 2 column 3)",
        ),
        (
            "{\"a\" 1}",
            "Expected ':' after property name in JSON at position 5 (line 1 column 6)",
        ),
        (
            "{\"a\":1,}",
            "Expected double-quoted property name in JSON at position 7 (line 1 column 8)",
        ),
        (
            "[1 2]",
            "Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)",
        ),
        ("[1,]", "Unexpected token ']', \"[1,]\" is not valid JSON"),
        (
            "\"\\x\"",
            "Bad escaped character in JSON at position 2 (line 1 column 3)",
        ),
        (
            "\"\\u12\"",
            "Bad Unicode escape in JSON at position 5 (line 1 column 6)",
        ),
        (
            "\"abc",
            "Unterminated string in JSON at position 4 (line 1 column 5)",
        ),
        (
            "-",
            "No number after minus sign in JSON at position 1 (line 1 column 2)",
        ),
        (
            "01",
            "Unexpected number in JSON at position 1 (line 1 column 2)",
        ),
        (
            "1.",
            "Unterminated fractional number in JSON at position 2 (line 1 column 3)",
        ),
        (
            "1e+",
            "Exponent part is missing a number in JSON at position 3 (line 1 column 4)",
        ),
        (
            "1 2",
            "Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)",
        ),
        ("", "Unexpected end of JSON input"),
        ("tru", "Unexpected end of JSON input"),
        ("undefined", "\"undefined\" is not valid JSON"),
        (
            "abcdefghijklmnopqrstuvwxyz",
            "Unexpected token 'a', \"abcdefghij\"... is not valid JSON",
        ),
        (
            "[1,2,3,4,5,6,7,8,9,10,11,12,x,13,14,15,16,17,18,19,20]",
            "Unexpected token 'x', ...\",10,11,12,x,13,14,15\"... is not valid JSON",
        ),
        (
            "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,x]",
            "Unexpected token 'x', ...\",12,13,14,x]\" is not valid JSON",
        ),
    ];
    let mut ctx = Context::new().unwrap();
    for (text, expected) in cases {
        assert_eq!(outcome(&mut ctx, text), expected, "{text}");
    }
}

#[test]
fn scripts_get_the_same_parser() {
    let mut ctx = Context::new().unwrap();
    let cases = [
        (
            "JSON.parse('[1,{\"a\":2}]', (k, v) => typeof v === 'number' ? v + 1 : v)[1].a",
            "3",
        ),
        (
            "try { JSON.parse() } catch (e) { e.name + ': ' + e.message }",
            "SyntaxError: \"undefined\" is not valid JSON",
        ),
        ("Object.is(JSON.parse('-0'), -0)", "true"),
        ("JSON.parse('['.repeat(1e6) + ']'.repeat(1e6)).length", "1"),
        ("JSON.parse.length + JSON.parse.name", "2parse"),
    ];
    for (source, expected) in cases {
        let value = ctx
            .eval(source, "j.js")
            .and_then(|value| value.to_rust_string(&mut ctx));
        assert_eq!(
            value.unwrap_or_else(|error| error.to_string()),
            expected,
            "{source}"
        );
    }
}
