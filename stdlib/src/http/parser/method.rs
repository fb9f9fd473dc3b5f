//! The request methods that are understood: the list behind `http.METHODS`.
//!
//! Source: Node's `http.METHODS` (<https://nodejs.org/docs/latest-v24.x/api/http.html#httpmethods>); the names come from
//! RFC 9110, WebDAV (RFC 4918 and its companions), UPnP and CalDAV.

/// Every request method, sorted, as `http.METHODS` gives them.
pub const METHODS: [&str; 35] = [
    "ACL",
    "BIND",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LINK",
    "LOCK",
    "M-SEARCH",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
];

/// A request method: an index into [`METHODS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method(u8);

impl Method {
    /// `CONNECT`, whose message has no body and turns the connection into a tunnel.
    pub const CONNECT: Method = Method(3);
    /// `GET`, the method of nearly every request.
    pub const GET: Method = Method(6);

    /// The method with this exact name.
    pub fn from_name(name: &[u8]) -> Option<Method> {
        // FAST PATH: most requests are one of these two.
        if name == b"GET" {
            return Some(Method::GET);
        }
        let index = METHODS
            .iter()
            .position(|method| method.as_bytes() == name)?;
        u8::try_from(index).ok().map(Method)
    }

    /// Whether some method begins with these bytes.
    pub fn has_prefix(prefix: &[u8]) -> bool {
        b"GET".starts_with(prefix)
            || METHODS
                .iter()
                .any(|method| method.as_bytes().starts_with(prefix))
    }

    /// The position in [`METHODS`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The method's name.
    pub fn name(self) -> &'static str {
        METHODS.get(self.index()).copied().unwrap_or("GET")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_name_what_they_say() {
        assert_eq!(Method::CONNECT.name(), "CONNECT");
        assert_eq!(Method::GET.name(), "GET");
        for name in METHODS {
            assert_eq!(
                Method::from_name(name.as_bytes()).map(Method::name),
                Some(name)
            );
        }
        assert!(METHODS.is_sorted());
    }
}
