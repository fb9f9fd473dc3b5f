//! One TLS connection over memory buffers: ciphertext in and out on one side, plaintext on the other. No JavaScript.
//!
//! A server session stops after the client's hello ([`Session::hello_name`]), so that the certificate can be chosen by the
//! name asked for, and goes on with [`Session::accept`]. Sources: RFC 8446 (TLS 1.3), RFC 5246 (TLS 1.2), RFC 6066 (SNI),
//! RFC 7301 (ALPN).

use std::io::{Read as _, Write as _};
use std::sync::Arc;

use rustls::client::{ClientConfig, ClientConnection};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{Accepted, Acceptor, ServerConfig, ServerConnection};
use rustls::{AlertDescription, Connection, Error, ProtocolVersion};

use super::verify::{Roots, Verdict, Verifier};

/// Why TLS failed: a message and Node's code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TlsError {
    /// What is wrong.
    pub message: String,
    /// Such as `ERR_SSL_WRONG_VERSION_NUMBER`.
    pub code: String,
}

impl TlsError {
    fn new(message: impl Into<String>, code: &str) -> Self {
        Self {
            message: message.into(),
            code: code.to_owned(),
        }
    }
}

/// The provider of cryptography.
///
/// # Errors
/// Where the processor lacks the instructions it is written for.
pub fn provider() -> Result<Arc<CryptoProvider>, TlsError> {
    if !graviola::util::is_cpu_supported() {
        return Err(TlsError::new(
            "TLS is not available on this processor",
            "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM",
        ));
    }
    Ok(Arc::new(rustls_graviola::default_provider()))
}

/// Certificates, key and trust of one side.
pub struct SecureContext {
    provider: Arc<CryptoProvider>,
    identity: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
    roots: Arc<Roots>,
}

fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    if bytes.first() == Some(&0x30) {
        return Ok(vec![CertificateDer::from(bytes.to_vec())]);
    }
    let list: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(bytes).collect();
    match list {
        Ok(list) if !list.is_empty() => Ok(list),
        _ => Err(TlsError::new(
            "error:0480006C:PEM routines::no start line",
            "ERR_OSSL_PEM_NO_START_LINE",
        )),
    }
}

fn private_key(bytes: &[u8]) -> Result<PrivateKeyDer<'static>, TlsError> {
    let text = String::from_utf8_lossy(bytes);
    if text.contains("ENCRYPTED") {
        return Err(TlsError::new(
            "encrypted private keys can't be read",
            "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM",
        ));
    }
    PrivateKeyDer::from_pem_slice(bytes).map_err(|_| {
        TlsError::new(
            "error:0480006C:PEM routines::no start line",
            "ERR_OSSL_PEM_NO_START_LINE",
        )
    })
}

impl SecureContext {
    /// Of PEM (or DER) texts; no `ca` means the bundled roots and `extra`.
    ///
    /// # Errors
    /// Where something can't be read, or key and certificate don't belong together.
    pub fn new(
        key: Option<&[u8]>,
        cert: Option<&[u8]>,
        ca: Option<&[Vec<u8>]>,
        extra: Option<&[u8]>,
    ) -> Result<Self, TlsError> {
        let provider = provider()?;
        let identity = match (key, cert) {
            (Some(key), Some(cert)) => {
                let (chain, key) = (certificates(cert)?, private_key(key)?);
                let signing =
                    rustls::sign::CertifiedKey::from_der(chain.clone(), key.clone_key(), &provider);
                signing.map_err(|error| match error {
                    Error::InconsistentKeys(_) => TlsError::new(
                        "error:05800074:x509 certificate routines::key values mismatch",
                        "ERR_OSSL_X509_KEY_VALUES_MISMATCH",
                    ),
                    error => TlsError::new(error.to_string(), "ERR_OSSL_UNSUPPORTED"),
                })?;
                Some((chain, key))
            }
            (Some(key), None) => {
                private_key(key)?;
                None
            }
            (None, Some(cert)) => {
                certificates(cert)?;
                None
            }
            (None, None) => None,
        };
        let roots = match ca {
            None => Roots::bundled(
                extra
                    .and_then(|pem| certificates(pem).ok())
                    .unwrap_or_default(),
            ),
            Some(list) => {
                let mut ders = Vec::new();
                for pem in list {
                    // A text without certificate in it is no error, as for OpenSSL.
                    ders.extend(certificates(pem).unwrap_or_default());
                }
                Arc::new(Roots::new(ders))
            }
        };
        Ok(Self {
            provider,
            identity,
            roots,
        })
    }

    /// The chain that is shown to peers.
    pub fn chain(&self) -> &[CertificateDer<'static>] {
        self.identity
            .as_ref()
            .map(|(chain, _)| chain.as_slice())
            .unwrap_or_default()
    }
}

enum State {
    Accepting(Box<Acceptor>),
    Hello(Box<Accepted>),
    Connected(Box<Connection>),
    Failed,
}

/// One connection.
pub struct Session {
    state: State,
    verdict: Verdict,
    /// Ciphertext that arrived before the connection could take it.
    early: Vec<u8>,
    plaintext: Vec<u8>,
    output: Vec<u8>,
    peer_closed: bool,
    asked_client: bool,
    chain: Vec<CertificateDer<'static>>,
}

/// The newest and oldest protocol version, as 12 and 13.
pub type Versions = (u32, u32);

fn versions(range: Versions) -> Result<Vec<&'static rustls::SupportedProtocolVersion>, TlsError> {
    let mut list = Vec::new();
    if range.0 <= 13 && range.1 >= 13 {
        list.push(&rustls::version::TLS13);
    }
    if range.0 <= 12 && range.1 >= 12 {
        list.push(&rustls::version::TLS12);
    }
    if list.is_empty() {
        return Err(TlsError::new(
            "no protocols available",
            "ERR_SSL_NO_PROTOCOLS_AVAILABLE",
        ));
    }
    Ok(list)
}

impl Session {
    fn with(state: State) -> Self {
        Self {
            state,
            verdict: Verdict::default(),
            early: Vec::new(),
            plaintext: Vec::new(),
            output: Vec::new(),
            peer_closed: false,
            asked_client: false,
            chain: Vec::new(),
        }
    }

    /// A client's session; an empty name sends none.
    ///
    /// # Errors
    /// Where the configuration is refused.
    pub fn client(
        context: &SecureContext,
        name: &str,
        alpn: Vec<Vec<u8>>,
        range: Versions,
    ) -> Result<Self, TlsError> {
        let mut session = Self::with(State::Failed);
        let verifier = Verifier::new(
            context.roots.clone(),
            context.provider.clone(),
            session.verdict.clone(),
        );
        let builder = ClientConfig::builder_with_provider(context.provider.clone())
            .with_protocol_versions(&versions(range)?)
            .map_err(|error| translate(&error, true))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match &context.identity {
            Some((chain, key)) => builder
                .with_client_auth_cert(chain.clone(), key.clone_key())
                .map_err(|error| translate(&error, true))?,
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = alpn;
        let server_name = ServerName::try_from(name.to_owned());
        config.enable_sni = matches!(server_name, Ok(ServerName::DnsName(_)));
        let server_name = server_name.unwrap_or(ServerName::IpAddress(
            std::net::Ipv4Addr::UNSPECIFIED.into(),
        ));
        let mut connection = ClientConnection::new(Arc::new(config), server_name)
            .map_err(|error| translate(&error, true))?;
        connection.set_buffer_limit(None);
        session.chain = context.chain().to_vec();
        session.state = State::Connected(Box::new(Connection::Client(connection)));
        session.collect_output();
        Ok(session)
    }

    /// A server's session, which waits for the client's hello.
    pub fn server() -> Self {
        Self::with(State::Accepting(Box::default()))
    }

    /// The name that a client asked for, empty for none, once its hello is there and until [`Session::accept`].
    pub fn hello_name(&self) -> Option<String> {
        match &self.state {
            State::Hello(accepted) => Some(
                accepted
                    .client_hello()
                    .server_name()
                    .unwrap_or_default()
                    .to_owned(),
            ),
            _ => None,
        }
    }

    /// The protocols that a client offered, while its hello waits.
    pub fn hello_protocols(&self) -> Vec<Vec<u8>> {
        match &self.state {
            State::Hello(accepted) => accepted
                .client_hello()
                .alpn()
                .map(|list| list.map(<[u8]>::to_vec).collect())
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Answers the client's hello with this context.
    ///
    /// # Errors
    /// Where the two can't agree.
    pub fn accept(
        &mut self,
        context: &SecureContext,
        alpn: Vec<Vec<u8>>,
        ask_client: bool,
        range: Versions,
    ) -> Result<(), TlsError> {
        let State::Hello(accepted) = std::mem::replace(&mut self.state, State::Failed) else {
            return Ok(());
        };
        let no_cipher = "error:0A0000C1:SSL routines::no shared cipher";
        let Some((chain, key)) = &context.identity else {
            self.output.extend_from_slice(&[21, 3, 3, 0, 2, 2, 40]);
            return Err(TlsError::new(no_cipher, "ERR_SSL_NO_SHARED_CIPHER"));
        };
        let builder = ServerConfig::builder_with_provider(context.provider.clone())
            .with_protocol_versions(&versions(range)?)
            .map_err(|error| translate(&error, false))?;
        let builder = if ask_client {
            let verifier = Verifier::new(
                context.roots.clone(),
                context.provider.clone(),
                self.verdict.clone(),
            );
            builder.with_client_cert_verifier(Arc::new(verifier))
        } else {
            builder.with_no_client_auth()
        };
        let mut config = builder
            .with_single_cert(chain.clone(), key.clone_key())
            .map_err(|error| translate(&error, false))?;
        config.alpn_protocols = alpn;
        match accepted.into_connection(Arc::new(config)) {
            Ok(connection) => self.adopt(connection),
            Err((error, mut alert)) => {
                let _ = alert.write_all(&mut self.output);
                return Err(translate(&error, false));
            }
        }
        self.chain = chain.clone();
        self.asked_client = ask_client;
        let early = std::mem::take(&mut self.early);
        self.feed(&early)
    }

    fn adopt(&mut self, mut connection: ServerConnection) {
        connection.set_buffer_limit(None);
        self.state = State::Connected(Box::new(Connection::Server(connection)));
    }

    /// Takes ciphertext.
    ///
    /// # Errors
    /// Where it isn't TLS, or the peer or this side refuses. What there is to send still has to be sent.
    pub fn feed(&mut self, mut input: &[u8]) -> Result<(), TlsError> {
        let result = self.feed_all(&mut input);
        self.collect_output();
        if result.is_err() {
            self.state = State::Failed;
        }
        result
    }

    fn feed_all(&mut self, input: &mut &[u8]) -> Result<(), TlsError> {
        loop {
            match &mut self.state {
                State::Accepting(acceptor) => {
                    if input.is_empty() {
                        return Ok(());
                    }
                    if acceptor.read_tls(input).is_err() {
                        return Err(TlsError::new(
                            "the client's hello is too long",
                            "ERR_SSL_EXCESSIVE_MESSAGE_SIZE",
                        ));
                    }
                    match acceptor.accept() {
                        Ok(Some(accepted)) => self.state = State::Hello(Box::new(accepted)),
                        Ok(None) => {}
                        Err((error, mut alert)) => {
                            let _ = alert.write_all(&mut self.output);
                            return Err(translate(&error, false));
                        }
                    }
                }
                State::Hello(_) => {
                    self.early.extend_from_slice(input);
                    *input = &[];
                    return Ok(());
                }
                State::Connected(connection) => {
                    let is_client = matches!(**connection, Connection::Client(_));
                    if !input.is_empty() && connection.read_tls(input).is_err() {
                        return Err(TlsError::new(
                            "too much data before it was read",
                            "ERR_SSL_EXCESSIVE_MESSAGE_SIZE",
                        ));
                    }
                    let state = connection
                        .process_new_packets()
                        .map_err(|error| translate(&error, is_client))?;
                    self.peer_closed |= state.peer_has_closed();
                    let len = self.plaintext.len();
                    let ready = state.plaintext_bytes_to_read();
                    self.plaintext.resize(len + ready, 0);
                    let room = self.plaintext.get_mut(len..).unwrap_or_default();
                    if connection.reader().read_exact(room).is_err() {
                        self.plaintext.truncate(len);
                    }
                    if input.is_empty() || self.peer_closed {
                        return Ok(());
                    }
                }
                State::Failed => return Ok(()),
            }
        }
    }

    fn collect_output(&mut self) {
        if let State::Connected(connection) = &mut self.state {
            while connection.wants_write() {
                if connection.write_tls(&mut self.output).is_err() {
                    break;
                }
            }
        }
    }

    /// Encrypts.
    pub fn write(&mut self, plaintext: &[u8]) {
        if let State::Connected(connection) = &mut self.state {
            let _ = connection.writer().write_all(plaintext);
        }
        self.collect_output();
    }

    /// Says that nothing more will be sent.
    pub fn close(&mut self) {
        if let State::Connected(connection) = &mut self.state {
            connection.send_close_notify();
        }
        self.collect_output();
    }

    /// What is to be sent to the peer.
    pub fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// What was decrypted.
    pub fn take_plaintext(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.plaintext)
    }

    /// Whether the peer said that it will send nothing more.
    pub fn peer_closed(&self) -> bool {
        self.peer_closed
    }

    fn connection(&self) -> Option<&Connection> {
        match &self.state {
            State::Connected(connection) => Some(connection),
            _ => None,
        }
    }

    /// Whether the handshake is not done yet.
    pub fn is_handshaking(&self) -> bool {
        match &self.state {
            State::Connected(connection) => connection.is_handshaking(),
            State::Failed => false,
            _ => true,
        }
    }

    /// What is wrong with the peer's certificate, if anything; OpenSSL's name.
    pub fn verify_error(&self) -> Option<&'static str> {
        if self.asked_client && self.peer_chain().is_empty() {
            return Some("UNABLE_TO_GET_ISSUER_CERT");
        }
        self.verdict.lock().ok().and_then(|verdict| *verdict)
    }

    /// The peer's certificate and those it sent along.
    pub fn peer_chain(&self) -> Vec<Vec<u8>> {
        let chain = self
            .connection()
            .and_then(|connection| connection.peer_certificates());
        chain
            .unwrap_or_default()
            .iter()
            .map(|der| der.to_vec())
            .collect()
    }

    /// The certificate that this side shows.
    pub fn own_certificate(&self) -> Option<&[u8]> {
        self.chain.first().map(|der| der.as_ref())
    }

    /// The protocol that was agreed on.
    pub fn alpn(&self) -> Option<&[u8]> {
        self.connection()
            .and_then(|connection| connection.alpn_protocol())
    }

    /// `TLSv1.2` or `TLSv1.3`.
    pub fn protocol(&self) -> Option<&'static str> {
        match self.connection()?.protocol_version()? {
            ProtocolVersion::TLSv1_3 => Some("TLSv1.3"),
            ProtocolVersion::TLSv1_2 => Some("TLSv1.2"),
            _ => None,
        }
    }

    /// The cipher suite by its IANA name.
    pub fn cipher(&self) -> Option<String> {
        let suite = self.connection()?.negotiated_cipher_suite()?.suite();
        Some(format!("{suite:?}").replace("TLS13_", "TLS_"))
    }

    /// Whether an earlier session went on.
    pub fn is_resumed(&self) -> bool {
        let kind = self
            .connection()
            .and_then(|connection| connection.handshake_kind());
        kind == Some(rustls::HandshakeKind::Resumed)
    }
}

/// Node's error for one of rustls.
fn translate(error: &Error, is_client: bool) -> TlsError {
    let routines = |number: &str, reason: &str| {
        let code = format!(
            "ERR_SSL_{}",
            reason.to_ascii_uppercase().replace([' ', '-'], "_")
        );
        TlsError::new(format!("error:{number}:SSL routines::{reason}"), &code)
    };
    match error {
        Error::InvalidMessage(_) if is_client => routines("0A00010B", "wrong version number"),
        Error::InvalidMessage(_) => routines("0A00009C", "http request"),
        Error::AlertReceived(alert) => match alert {
            AlertDescription::HandshakeFailure => {
                routines("0A000410", "sslv3 alert handshake failure")
            }
            AlertDescription::UnknownCA => routines("0A000418", "tlsv1 alert unknown ca"),
            AlertDescription::BadCertificate => routines("0A000412", "sslv3 alert bad certificate"),
            AlertDescription::CertificateUnknown => {
                routines("0A000416", "sslv3 alert certificate unknown")
            }
            AlertDescription::ProtocolVersion => {
                routines("0A00042E", "tlsv1 alert protocol version")
            }
            AlertDescription::NoApplicationProtocol => {
                routines("0A000460", "tlsv1 alert no application protocol")
            }
            AlertDescription::UnrecognisedName => routines("0A000458", "tlsv1 unrecognized name"),
            AlertDescription::InternalError => routines("0A000438", "tlsv1 alert internal error"),
            other => TlsError::new(
                format!("the peer sent the alert {other:?}"),
                "ERR_SSL_TLSV1_ALERT",
            ),
        },
        Error::PeerIncompatible(_) => routines("0A000102", "unsupported protocol"),
        Error::NoApplicationProtocol => routines("0A0000EB", "no application protocol"),
        Error::DecryptError => routines("0A000119", "decryption failed or bad record mac"),
        Error::InvalidCertificate(_) => routines("0A000086", "certificate verify failed"),
        other => TlsError::new(other.to_string(), "ERR_SSL_PROTOCOL_ERROR"),
    }
}
