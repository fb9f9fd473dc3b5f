//! Hosts: domains, IPv4 and IPv6 addresses, opaque hosts; parsed and serialized.
//! Source: <https://url.spec.whatwg.org/#hosts-(domains-and-ip-addresses)>.

use std::fmt::Write as _;
use std::net::Ipv6Addr;

use idna::AsciiDenyList;

use super::percent::{EncodeSet, decode, push_all_encoded};

/// The host parser: the serialized host, or `None` for failure. <https://url.spec.whatwg.org/#concept-host-parser>
#[must_use]
pub fn parse(input: &str, is_opaque: bool) -> Option<String> {
    if let Some(rest) = input.strip_prefix('[') {
        let address = rest.strip_suffix(']')?;
        return address.parse().ok().map(serialize_ipv6);
    }
    if is_opaque {
        return parse_opaque(input);
    }
    let domain = decode(input.as_bytes());
    let ascii = idna::domain_to_ascii_cow(&domain, AsciiDenyList::URL).ok()?;
    if ascii.is_empty() {
        return None;
    }
    if ends_in_a_number(&ascii) {
        return parse_ipv4(&ascii);
    }
    Some(ascii.into_owned())
}

/// <https://url.spec.whatwg.org/#concept-opaque-host-parser>
fn parse_opaque(input: &str) -> Option<String> {
    let forbidden = |c| {
        matches!(
            c,
            '\0' | '\t'
                | '\n'
                | '\r'
                | ' '
                | '#'
                | '/'
                | ':'
                | '<'
                | '>'
                | '?'
                | '@'
                | '['
                | '\\'
                | ']'
                | '^'
                | '|'
        )
    };
    if input.contains(forbidden) {
        return None;
    }
    let mut out = String::with_capacity(input.len());
    push_all_encoded(&mut out, input, EncodeSet::Control);
    Some(out)
}

/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
fn ends_in_a_number(input: &str) -> bool {
    let trimmed = input.strip_suffix('.').unwrap_or(input);
    let last = trimmed.rsplit('.').next().unwrap_or_default();
    !last.is_empty()
        && (last.bytes().all(|b| b.is_ascii_digit()) || parse_ipv4_number(last).is_some())
}

/// <https://url.spec.whatwg.org/#concept-ipv4-parser>
fn parse_ipv4(input: &str) -> Option<String> {
    let parts: Vec<&str> = input
        .strip_suffix('.')
        .unwrap_or(input)
        .split('.')
        .collect();
    if parts.len() > 4 {
        return None;
    }
    let numbers: Vec<u64> = parts
        .iter()
        .map(|part| parse_ipv4_number(part))
        .collect::<Option<_>>()?;
    let (last, leading) = numbers.split_last()?;
    if leading.iter().any(|&number| number > 255)
        || *last >= 256u64.pow(5 - u32::try_from(numbers.len()).ok()?)
    {
        return None;
    }
    let mut address = *last;
    for (number, shift) in leading.iter().zip([24, 16, 8]) {
        address += number << shift;
    }
    let address = u32::try_from(address).ok()?;
    Some(std::net::Ipv4Addr::from(address).to_string())
}

/// Decimal, `0x` hexadecimal or `0` octal. <https://url.spec.whatwg.org/#ipv4-number-parser>
fn parse_ipv4_number(input: &str) -> Option<u64> {
    if input.is_empty() {
        return None;
    }
    let (digits, radix) = if let Some(rest) = input
        .strip_prefix("0x")
        .or_else(|| input.strip_prefix("0X"))
    {
        (rest, 16)
    } else if input.len() > 1 && input.starts_with('0') {
        (input.get(1..)?, 8)
    } else {
        (input, 10)
    };
    if digits.is_empty() {
        return Some(0);
    }
    if !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // Too many digits for u64 are too many for an address as well.
    Some(u64::from_str_radix(digits, radix).unwrap_or(u64::MAX))
}

/// <https://url.spec.whatwg.org/#concept-ipv6-serializer>, in brackets.
fn serialize_ipv6(address: Ipv6Addr) -> String {
    let pieces = address.segments();
    let (start, len) = longest_zeros(&pieces);
    let mut out = String::from("[");
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        if len > 1 && index == start {
            out.push_str(if index == 0 { "::" } else { ":" });
            index += len;
            continue;
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "{piece:x}");
        index += 1;
        if index < pieces.len() {
            out.push(':');
        }
    }
    out.push(']');
    out
}

/// The first of the longest runs of zero pieces: where and how long.
fn longest_zeros(pieces: &[u16; 8]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut start = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if *piece != 0 {
            start = index + 1;
        } else if index + 1 - start > best.1 {
            best = (start, index + 1 - start);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: Option<&str>) {
        assert_eq!(parse(input, false).as_deref(), expected, "{input}");
    }

    #[test]
    fn addresses() {
        check("0x7f.1", Some("127.0.0.1"));
        check("4294967295", Some("255.255.255.255"));
        check("4294967296", None);
        check("1.2.3.4.5", None);
        check("1.2.3.08", None);
        check("[::1]", Some("[::1]"));
        check("[1:0:0:2:0:0:0:3]", Some("[1:0:0:2::3]"));
        check("[::ffff:1.2.3.4]", Some("[::ffff:102:304]"));
        check("[::1", None);
    }

    #[test]
    fn domains() {
        check("EXAMPLE.com", Some("example.com"));
        check("faß.example", Some("xn--fa-hia.example"));
        check("a b", None);
        check("%65x", Some("ex"));
        assert_eq!(parse("A%41ß", true).as_deref(), Some("A%41%C3%9F"));
    }
}
