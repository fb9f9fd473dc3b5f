//! The web-platform-tests for URLs, read from the folder that `OURO_WPT` names (the checkout's root); skipped without it.

use serde_json::Value as Json;

use super::{parser, setters};

fn load(file: &str) -> Option<Json> {
    let root = std::env::var_os("OURO_WPT")?;
    let path = std::path::Path::new(&root).join("url/resources").join(file);
    let text = std::fs::read_to_string(path).ok()?;
    // The files hold lone surrogates, which Rust strings cannot; U+FFFD is what the parser would see in their place.
    serde_json::from_str(&replace_lone_surrogates(&text)).ok()
}

fn replace_lone_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\ud").or_else(|| rest.find("\\uD")) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let hex = |at: usize| {
            here.get(at..at + 4)
                .and_then(|digits| u16::from_str_radix(digits, 16).ok())
        };
        let first = hex(2).unwrap_or(0);
        let second = here
            .get(6..8)
            .filter(|escape| *escape == "\\u")
            .and_then(|_| hex(8));
        let pair = matches!((first, second), (0xd800..=0xdbff, Some(0xdc00..=0xdfff)));
        let len = if pair { 12 } else { 6 };
        let alone = (0xd800..=0xdfff).contains(&first) && !pair;
        out.push_str(if alone {
            "\\ufffd"
        } else {
            here.get(..len).unwrap_or(here)
        });
        rest = here.get(len..).unwrap_or_default();
    }
    out + rest
}

fn field<'a>(case: &'a Json, name: &str) -> Option<&'a str> {
    case.get(name).and_then(Json::as_str)
}

#[test]
fn parses_as_the_web_platform_tests_say() {
    let Some(cases) = load("urltestdata.json") else {
        eprintln!("skipped: OURO_WPT names no checkout of the web-platform-tests");
        return;
    };
    let mut failures = Vec::new();
    let mut total = 0;
    for case in cases
        .as_array()
        .into_iter()
        .flatten()
        .filter(|case| case.is_object())
    {
        total += 1;
        let input = field(case, "input").unwrap_or_default();
        let base = field(case, "base").map(|base| parser::parse(base, None));
        let parsed = match base {
            Some(None) => None,
            Some(Some(base)) => parser::parse(input, Some(&base)),
            None => parser::parse(input, None),
        };
        let href = parsed.map(|url| url.serialize().0);
        if href.as_deref() != field(case, "href") {
            failures.push(format!(
                "{input:?} gave {href:?}, not {:?}",
                field(case, "href")
            ));
        }
    }
    println!("{} of {total} failed", failures.len());
    assert!(failures.len() * 50 <= total, "{}", failures.join("\n"));
}

#[test]
fn sets_as_the_web_platform_tests_say() {
    let Some(groups) = load("setters_tests.json") else {
        eprintln!("skipped: OURO_WPT names no checkout of the web-platform-tests");
        return;
    };
    let mut failures = Vec::new();
    for (part, cases) in groups.as_object().into_iter().flatten() {
        for case in cases.as_array().into_iter().flatten() {
            let (Some(href), Some(value)) = (field(case, "href"), field(case, "new_value")) else {
                continue;
            };
            let Some(mut url) = parser::parse(href, None).filter(|_| part != "href") else {
                continue;
            };
            setters::set(&mut url, part, value);
            let expected = case
                .get("expected")
                .and_then(|expected| field(expected, "href"));
            let (href, _) = url.serialize();
            if expected.is_some_and(|expected| expected != href) {
                failures.push(format!("{case} gave {href}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
