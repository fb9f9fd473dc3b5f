//! application/x-www-form-urlencoded: what `URLSearchParams` reads and writes.
//! Source: <https://url.spec.whatwg.org/#application/x-www-form-urlencoded>.

use super::percent::{EncodeSet, decode, push_encoded};

/// The pairs of a query, in order.
#[must_use]
pub fn parse(input: &str) -> Vec<(String, String)> {
    let sequences = input.split('&').filter(|sequence| !sequence.is_empty());
    let pairs = sequences.map(|sequence| {
        let (name, value) = sequence.split_once('=').unwrap_or((sequence, ""));
        (decode_part(name), decode_part(value))
    });
    pairs.collect()
}

fn decode_part(text: &str) -> String {
    let spaced = text.replace('+', " ");
    String::from_utf8_lossy(&decode(spaced.as_bytes())).into_owned()
}

/// The query of these pairs, given as names and values in turn.
#[must_use]
pub fn serialize(list: &[String]) -> String {
    let mut out = String::new();
    for (index, part) in list.iter().enumerate() {
        match index {
            0 => {}
            _ if index % 2 == 1 => out.push('='),
            _ => out.push('&'),
        }
        for c in part.chars() {
            if c == ' ' {
                out.push('+');
            } else {
                push_encoded(&mut out, c, EncodeSet::Form);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let pairs = parse("a=1+2&b&&c=%E2%82%AC%zz");
        let expected = [("a", "1 2"), ("b", ""), ("c", "€%zz")];
        assert!(
            pairs
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .eq(expected)
        );
        let list = ["a b", "&=~", "*-._", "é"].map(str::to_owned);
        assert_eq!(serialize(&list), "a+b=%26%3D%7E&*-._=%C3%A9");
    }
}
