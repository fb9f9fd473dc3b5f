//! The URL record and its serialization. Source: <https://url.spec.whatwg.org/#url-representation>.

/// A path: a list of segments, or opaque text (`mailto:x`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// Segments, without their slashes.
    List(Vec<String>),
    /// Everything up to `?` or `#`.
    Opaque(String),
}

/// A URL taken apart. All text is ASCII, percent-encoded as each part needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Without the colon.
    pub scheme: String,
    /// Empty where there is none.
    pub username: String,
    /// Empty where there is none.
    pub password: String,
    /// Serialized; `Some("")` is an empty host.
    pub host: Option<String>,
    /// `None` where it is the scheme's default.
    pub port: Option<u16>,
    /// The path.
    pub path: Path,
    /// Without the question mark.
    pub query: Option<String>,
    /// Without the hash.
    pub fragment: Option<String>,
}

impl Default for Url {
    fn default() -> Self {
        Self {
            scheme: String::new(),
            username: String::new(),
            password: String::new(),
            host: None,
            port: None,
            path: Path::List(Vec::new()),
            query: None,
            fragment: None,
        }
    }
}

/// Where the parts begin and end in a serialized URL, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    /// Behind the scheme's colon.
    pub protocol_end: usize,
    /// The user name begins; without credentials it is empty.
    pub username_start: usize,
    /// The user name ends.
    pub username_end: usize,
    /// The password ends; it begins one behind `username_end` where the two differ.
    pub password_end: usize,
    /// The host begins.
    pub host_start: usize,
    /// The host ends.
    pub host_end: usize,
    /// The port ends; it begins one behind `host_end` where the two differ.
    pub port_end: usize,
    /// The path begins.
    pub path_start: usize,
    /// The path ends, the query with its `?` begins.
    pub path_end: usize,
    /// The query ends, the fragment with its `#` begins.
    pub query_end: usize,
}

/// Is it one of the schemes with rules of their own?
#[must_use]
pub fn is_special(scheme: &str) -> bool {
    matches!(scheme, "http" | "https" | "ws" | "wss" | "ftp" | "file")
}

/// The port that goes without saying.
#[must_use]
pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

impl Url {
    /// Has it a special scheme?
    #[must_use]
    pub fn is_special(&self) -> bool {
        is_special(&self.scheme)
    }

    /// Is its path opaque?
    #[must_use]
    pub const fn has_opaque_path(&self) -> bool {
        matches!(self.path, Path::Opaque(_))
    }

    /// Has it a user name or password?
    #[must_use]
    pub const fn has_credentials(&self) -> bool {
        !self.username.is_empty() || !self.password.is_empty()
    }

    /// <https://url.spec.whatwg.org/#cannot-have-a-username-password-port>
    #[must_use]
    pub fn cannot_have_credentials_or_port(&self) -> bool {
        self.host.as_ref().is_none_or(String::is_empty) || self.scheme == "file"
    }

    /// The URL serializer, with where each part went. <https://url.spec.whatwg.org/#concept-url-serializer>
    #[must_use]
    pub fn serialize(&self) -> (String, Offsets) {
        let mut out = format!("{}:", self.scheme);
        let mut at = Offsets {
            protocol_end: out.len(),
            ..Offsets::default()
        };
        self.serialize_authority(&mut out, &mut at);
        self.serialize_path(&mut out, &mut at);
        at.path_end = out.len();
        if let Some(query) = &self.query {
            out.push('?');
            out.push_str(query);
        }
        at.query_end = out.len();
        if let Some(fragment) = &self.fragment {
            out.push('#');
            out.push_str(fragment);
        }
        (out, at)
    }

    fn serialize_authority(&self, out: &mut String, at: &mut Offsets) {
        if self.host.is_some() {
            out.push_str("//");
        }
        at.username_start = out.len();
        out.push_str(&self.username);
        at.username_end = out.len();
        if !self.password.is_empty() {
            out.push(':');
            out.push_str(&self.password);
        }
        at.password_end = out.len();
        if self.has_credentials() {
            out.push('@');
        }
        at.host_start = out.len();
        out.push_str(self.host.as_deref().unwrap_or_default());
        at.host_end = out.len();
        if let Some(port) = self.port {
            out.push(':');
            out.push_str(&port.to_string());
        }
        at.port_end = out.len();
    }

    fn serialize_path(&self, out: &mut String, at: &mut Offsets) {
        match &self.path {
            Path::Opaque(path) => {
                at.path_start = out.len();
                out.push_str(path);
            }
            Path::List(segments) => {
                // Without this a path that begins with two slashes would be read as a host.
                if self.host.is_none()
                    && segments.len() > 1
                    && segments.first().is_some_and(String::is_empty)
                {
                    out.push_str("/.");
                }
                at.path_start = out.len();
                for segment in segments {
                    out.push('/');
                    out.push_str(segment);
                }
            }
        }
    }
}
