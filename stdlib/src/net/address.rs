//! IP addresses as text: what `net.isIP` accepts, and addresses with a zone (`fe80::1%eth0`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

/// 4 or 6 for an address of that family, else 0. An IPv6 address may carry a zone.
pub fn ip_version(text: &str) -> u8 {
    if text.parse::<Ipv4Addr>().is_ok() {
        return 4;
    }
    match split_zone(text) {
        Some((address, zone)) if address.parse::<Ipv6Addr>().is_ok() && is_zone(zone) => 6,
        _ => 0,
    }
}

/// The address as 4 or 16 bytes in network order.
pub fn ip_bytes(text: &str) -> Option<Vec<u8>> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(address.octets().to_vec());
    }
    let (address, zone) = split_zone(text)?;
    let address = address.parse::<Ipv6Addr>().ok()?;
    is_zone(zone).then(|| address.octets().to_vec())
}

/// The socket address of an IP address and a port. A numeric zone is kept as the scope.
pub fn socket_addr(text: &str, port: u16) -> Option<SocketAddr> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(SocketAddr::new(address, port));
    }
    let (address, zone) = split_zone(text)?;
    let address = address.parse::<Ipv6Addr>().ok()?;
    let scope = crate::sys::interface_index(zone?)?;
    Some(SocketAddr::V6(SocketAddrV6::new(address, port, 0, scope)))
}

/// `address%zone` in two; the zone is `None` without `%`.
fn split_zone(text: &str) -> Option<(&str, Option<&str>)> {
    match text.split_once('%') {
        None => Some((text, None)),
        Some((address, zone)) => Some((address, Some(zone))),
    }
}

fn is_zone(zone: Option<&str>) -> bool {
    zone.is_none_or(|zone| {
        !zone.is_empty()
            && zone
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, version) in [
            ("127.0.0.1", 4),
            ("255.255.255.255", 4),
            ("256.0.0.1", 0),
            ("1.2.3", 0),
            ("01.2.3.4", 0),
            ("::1", 6),
            ("2001:252:0:1::2008:6", 6),
            ("::ffff:1.2.3.4", 6),
            ("fe80::2008%eth0", 6),
            ("fe80::2008%", 0),
            ("fe80::2008%eth0@1", 0),
            ("1.2.3.4%x", 0),
            ("", 0),
            ("x1", 0),
        ] {
            assert_eq!(ip_version(text), version, "{text}");
        }
    }

    #[test]
    fn bytes_are_in_network_order() {
        assert_eq!(ip_bytes("1.2.3.4"), Some(vec![1, 2, 3, 4]));
        assert_eq!(
            ip_bytes("::1").and_then(|bytes| bytes.last().copied()),
            Some(1)
        );
        assert_eq!(ip_bytes("nonsense"), None);
    }
}
