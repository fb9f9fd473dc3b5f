//! Reading certificates: the fields that `getPeerCertificate` shows and verification asks for.
//!
//! A lenient reader of DER: it takes what it knows and passes over the rest; whether a certificate may be trusted is
//! decided elsewhere (`verify.rs`). Sources: RFC 5280 (certificates), X.690 (DER), RFC 4514 (names of attributes).

/// One element: its tag and contents.
#[derive(Clone, Copy)]
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    /// The whole element, head included.
    whole: &'a [u8],
}

/// Elements one after the other; ends at the first that is broken.
struct Elements<'a>(&'a [u8]);

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut len = usize::from(first);
        if first >= 0x80 {
            let count = usize::from(first & 0x7f);
            if count == 0 || count > 4 {
                return None;
            }
            let bytes = rest.get(..count)?;
            rest = rest.get(count..)?;
            len = bytes
                .iter()
                .fold(0, |len, &byte| len << 8 | usize::from(byte));
        }
        let content = rest.get(..len)?;
        let whole_len = self.0.len() - rest.len() + len;
        let whole = self.0.get(..whole_len)?;
        self.0 = self.0.get(whole_len..)?;
        Some(Element {
            tag,
            content,
            whole,
        })
    }
}

impl<'a> Element<'a> {
    fn parts(self) -> Elements<'a> {
        Elements(self.content)
    }
}

/// What is read of a certificate. Times are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Hexadecimal, upper case.
    pub serial: String,
    /// The issuer's name: attribute and value, in order.
    pub issuer: Vec<(String, String)>,
    /// The subject's name.
    pub subject: Vec<(String, String)>,
    /// Whether both names are the same, byte for byte.
    pub self_issued: bool,
    /// First second of validity.
    pub not_before: i64,
    /// Last second of validity.
    pub not_after: i64,
    /// Alternative names as OpenSSL prints them: `DNS:a, IP Address:1.2.3.4`.
    pub alt_names: Option<String>,
    /// Whether it may sign others.
    pub is_ca: bool,
    /// Bits of an RSA modulus.
    pub rsa_bits: Option<usize>,
    /// An RSA modulus, hexadecimal, and the exponent.
    pub rsa_key: Option<(String, String)>,
    /// The public key, as SubjectPublicKeyInfo.
    pub public_key: Vec<u8>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Reads a certificate; `None` where it is none.
pub fn parse(der: &[u8]) -> Option<Certificate> {
    let outer = Elements(der).next()?;
    let body = outer.parts().next()?;
    let mut parts = body.parts().peekable();
    if parts.peek()?.tag == 0xa0 {
        parts.next();
    }
    let serial = parts.next()?.content;
    let _algorithm = parts.next()?;
    let issuer = parts.next()?;
    let validity = parts.next()?;
    let subject = parts.next()?;
    let key = parts.next()?;
    let mut times = validity.parts();
    let mut certificate = Certificate {
        serial: hex(serial
            .strip_prefix(&[0])
            .filter(|rest| !rest.is_empty())
            .unwrap_or(serial)),
        issuer: name(issuer),
        subject: name(subject),
        self_issued: issuer.whole == subject.whole,
        not_before: time(times.next()?)?,
        not_after: time(times.next()?)?,
        public_key: key.whole.to_vec(),
        ..Certificate::default()
    };
    rsa(key, &mut certificate);
    if let Some(extensions) = parts
        .find(|part| part.tag == 0xa3)
        .and_then(|part| part.parts().next())
    {
        for extension in extensions.parts() {
            read_extension(extension, &mut certificate);
        }
    }
    Some(certificate)
}

fn name(element: Element<'_>) -> Vec<(String, String)> {
    let attributes = element.parts().flat_map(Element::parts);
    attributes
        .filter_map(|attribute| {
            let mut parts = attribute.parts();
            let (kind, value) = (parts.next()?, parts.next()?);
            Some((attribute_name(kind.content), text(value)))
        })
        .collect()
}

fn attribute_name(oid: &[u8]) -> String {
    let name = match oid {
        [0x55, 4, 3] => "CN",
        [0x55, 4, 4] => "SN",
        [0x55, 4, 5] => "serialNumber",
        [0x55, 4, 6] => "C",
        [0x55, 4, 7] => "L",
        [0x55, 4, 8] => "ST",
        [0x55, 4, 9] => "street",
        [0x55, 4, 10] => "O",
        [0x55, 4, 11] => "OU",
        [0x55, 4, 12] => "title",
        [0x55, 4, 42] => "GN",
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1] => "emailAddress",
        [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25] => "DC",
        [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1] => "UID",
        _ => return dotted(oid),
    };
    name.to_owned()
}

fn dotted(oid: &[u8]) -> String {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number = 0_u64;
    for &byte in oid {
        number = number.wrapping_shl(7) | u64::from(byte & 0x7f);
        if byte < 0x80 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.push(first);
                number -= first * 40;
            }
            numbers.push(number);
            number = 0;
        }
    }
    numbers
        .iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join(".")
}

fn text(value: Element<'_>) -> String {
    match value.tag {
        // BMPString: two bytes a character.
        0x1e => {
            let units: Vec<u16> = value
                .content
                .as_chunks::<2>()
                .0
                .iter()
                .map(|pair| u16::from_be_bytes(*pair))
                .collect();
            String::from_utf16_lossy(&units)
        }
        0x14 => value.content.iter().map(|&byte| char::from(byte)).collect(),
        _ => String::from_utf8_lossy(value.content).into_owned(),
    }
}

/// UTCTime (`YYMMDDHHMMSSZ`) or GeneralizedTime (`YYYYMMDDHHMMSSZ`).
fn time(element: Element<'_>) -> Option<i64> {
    let digits = std::str::from_utf8(element.content)
        .ok()?
        .trim_end_matches('Z');
    let (year, rest) = if element.tag == 0x17 {
        let year: i64 = digits.get(..2)?.parse().ok()?;
        (
            if year < 50 { 2000 + year } else { 1900 + year },
            digits.get(2..)?,
        )
    } else {
        (digits.get(..4)?.parse().ok()?, digits.get(4..)?)
    };
    let field = |index: usize| -> Option<i64> { rest.get(index * 2..index * 2 + 2)?.parse().ok() };
    let days = days_from_civil(year, field(0)?, field(1)?);
    Some(days * 86_400 + field(2)? * 3600 + field(3)? * 60 + field(4)?)
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have the leap day at their end.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn rsa(key: Element<'_>, certificate: &mut Certificate) {
    const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    let mut parts = key.parts();
    let algorithm = parts.next().and_then(|algorithm| algorithm.parts().next());
    if algorithm.is_none_or(|algorithm| algorithm.content != RSA) {
        return;
    }
    let bits = parts
        .next()
        .and_then(|bits| bits.content.get(1..))
        .unwrap_or_default();
    let Some(pair) = Elements(bits).next() else {
        return;
    };
    let mut numbers = pair.parts();
    if let (Some(modulus), Some(exponent)) = (numbers.next(), numbers.next()) {
        let modulus = modulus
            .content
            .strip_prefix(&[0])
            .unwrap_or(modulus.content);
        let zeros = modulus
            .first()
            .map_or(0, |byte| byte.leading_zeros() as usize);
        let exponent = exponent
            .content
            .iter()
            .fold(0_u64, |all, &byte| all.wrapping_shl(8) | u64::from(byte));
        certificate.rsa_bits = Some(modulus.len() * 8 - zeros);
        certificate.rsa_key = Some((hex(modulus), format!("0x{exponent:x}")));
    }
}

fn read_extension(extension: Element<'_>, certificate: &mut Certificate) {
    let mut parts = extension.parts();
    let Some(oid) = parts.next() else { return };
    let Some(value) = parts
        .find(|part| part.tag == 0x04)
        .and_then(|value| value.parts().next())
    else {
        return;
    };
    match oid.content {
        [0x55, 0x1d, 0x13] => {
            certificate.is_ca = value
                .parts()
                .next()
                .is_some_and(|part| part.tag == 1 && part.content == [0xff]);
        }
        [0x55, 0x1d, 0x11] => {
            let names: Vec<String> = value.parts().filter_map(alt_name).collect();
            certificate.alt_names = Some(names.join(", "));
        }
        _ => {}
    }
}

fn alt_name(name: Element<'_>) -> Option<String> {
    let plain = || String::from_utf8_lossy(name.content).into_owned();
    Some(match name.tag {
        0x81 => format!("email:{}", plain()),
        0x82 => format!("DNS:{}", quoted(plain())),
        0x86 => format!("URI:{}", quoted(plain())),
        0x87 => match name.content.len() {
            4 => format!(
                "IP Address:{}",
                std::net::Ipv4Addr::from(<[u8; 4]>::try_from(name.content).ok()?)
            ),
            16 => {
                let groups = name.content.as_chunks::<2>().0.iter();
                let groups: Vec<String> = groups
                    .map(|pair| format!("{:X}", u16::from_be_bytes(*pair)))
                    .collect();
                format!("IP Address:{}", groups.join(":"))
            }
            _ => "IP Address:<invalid>".to_owned(),
        },
        0x88 => format!("Registered ID:{}", dotted(name.content)),
        _ => return None,
    })
}

/// A name that could be taken for several is written as a JSON string (CVE-2021-44532).
fn quoted(name: String) -> String {
    if name.contains([',', '"', '\\', '\'']) || name.chars().any(char::is_control) {
        format!("{name:?}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_root() {
        for root in webpki_root_certs::TLS_SERVER_ROOT_CERTS {
            let certificate = parse(root).expect("a certificate");
            assert!(certificate.self_issued && !certificate.subject.is_empty());
            assert!(certificate.not_before < certificate.not_after);
        }
    }

    #[test]
    fn broken_input_is_no_certificate() {
        assert_eq!(parse(&[]), None);
        assert_eq!(parse(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
        assert_eq!(parse(&[0x30, 3, 0x30, 1, 0]), None);
    }

    #[test]
    fn days() {
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(days_from_civil(2000, 3, 1), 11_017);
    }
}
