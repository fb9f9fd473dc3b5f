//! `Intl`, where it is built in: what programs ask for most, as Node prints it.

use ouro_engine::Context;

fn check(program: &str, expected: &str) {
    let mut ctx = Context::builder().build().expect("a context can be made");
    let whole = format!("String({program})");
    let value = ctx.eval(&whole, "intl.js").expect(program);
    assert_eq!(value.as_string().unwrap(), expected, "{program}");
}

#[test]
fn numbers() {
    check("(1234567.891).toLocaleString()", "1,234,567.891");
    check("(1234.5).toLocaleString('de')", "1.234,5");
    check(
        "123456789n.toLocaleString('fr')",
        "123\u{202F}456\u{202F}789",
    );
    check(
        "new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(-1234.5)",
        "-$1,234.50",
    );
    check(
        "new Intl.NumberFormat('en', { notation: 'compact' }).format(1234567)",
        "1.2M",
    );
    check("(0.256).toLocaleString('en', { style: 'percent' })", "26%");
}

#[test]
fn dates() {
    check(
        "new Date(0).toLocaleString('en-US', { timeZone: 'UTC' })",
        "1/1/1970, 12:00:00 AM",
    );
    check(
        "new Date(0).toLocaleDateString('de', { timeZone: 'UTC', dateStyle: 'long' })",
        "1. Januar 1970",
    );
    check(
        "new Date(0).toLocaleTimeString('en-GB', { timeZone: '+01:00' })",
        "01:00:00",
    );
    check("new Date(NaN).toLocaleString()", "Invalid Date");
}

#[test]
fn order_of_texts() {
    check(
        "['ä', 'z', 'a'].sort((a, b) => a.localeCompare(b, 'de')).join()",
        "a,ä,z",
    );
    check(
        "['ä', 'z', 'a'].sort(new Intl.Collator('sv').compare).join()",
        "a,z,ä",
    );
    check("'a10'.localeCompare('a9', 'en', { numeric: true })", "1");
    check("'A'.localeCompare('a', 'en', { sensitivity: 'base' })", "0");
}

#[test]
fn words_and_lists() {
    check("new Intl.PluralRules('pl').select(3)", "few");
    check(
        "new Intl.ListFormat('en').format(['a', 'b', 'c'])",
        "a, b, and c",
    );
    check(
        "new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-1, 'day')",
        "yesterday",
    );
    check("Intl.getCanonicalLocales('EN-us').join()", "en-US");
    check(
        "[...new Intl.Segmenter('en').segment('e\\u0301x')].length",
        "2",
    );
    check("new Intl.Locale('zh').maximize().toString()", "zh-Hans-CN");
}

#[test]
fn nothing_is_made_before_it_is_asked_for() {
    check(
        "Object.keys(Intl).length + typeof Intl.Collator",
        "0function",
    );
    check("Object.prototype.toString.call(Intl)", "[object Intl]");
    check(
        "Object.isFrozen(Object.freeze(Intl)) && typeof Intl.Locale",
        "function",
    );
}
