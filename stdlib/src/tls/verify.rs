//! Deciding whether a peer's certificate is to be trusted, with OpenSSL's names for the ways it is not.
//!
//! As in Node, a handshake succeeds with any certificate whose key the peer has; what is wrong with the chain is written
//! down, and JavaScript decides (`authorized`, `authorizationError`, `rejectUnauthorized`). The host's name is checked
//! there too (`checkServerIdentity`). A certificate that is itself among the roots is trusted as it is.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
    SignatureScheme,
};

use super::x509;

/// Certificates that are trusted.
#[derive(Debug)]
pub struct Roots {
    ders: Vec<CertificateDer<'static>>,
    store: RootCertStore,
}

impl Roots {
    /// These certificates and no others.
    pub fn new(ders: Vec<CertificateDer<'static>>) -> Self {
        let mut store = RootCertStore::empty();
        // One that can't be an anchor can still be trusted as it is.
        store.add_parsable_certificates(ders.iter().cloned());
        Self { ders, store }
    }

    /// Mozilla's list and these, read once: what the first caller adds, stays.
    pub fn bundled(extra: Vec<CertificateDer<'static>>) -> Arc<Self> {
        static BUNDLED: OnceLock<Arc<Roots>> = OnceLock::new();
        let read = || {
            let mut all = webpki_root_certs::TLS_SERVER_ROOT_CERTS.to_vec();
            all.extend(extra);
            Arc::new(Self::new(all))
        };
        BUNDLED.get_or_init(read).clone()
    }
}

/// Keeps what a verifier found: `None` is yes, else OpenSSL's name of the error.
pub type Verdict = Arc<Mutex<Option<&'static str>>>;

/// The verifier of one connection, on either side.
pub struct Verifier {
    roots: Arc<Roots>,
    provider: Arc<CryptoProvider>,
    verdict: Verdict,
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}

impl Verifier {
    /// A verifier that writes what it finds to `verdict`.
    pub fn new(roots: Arc<Roots>, provider: Arc<CryptoProvider>, verdict: Verdict) -> Self {
        Self {
            roots,
            provider,
            verdict,
        }
    }

    fn judge(&self, leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>], now: UnixTime) {
        let verdict = self.problem(leaf, others, now);
        if let Ok(mut slot) = self.verdict.lock() {
            *slot = verdict;
        }
    }

    fn problem(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Option<&'static str> {
        let Some(fields) = x509::parse(leaf) else {
            return Some("CERT_SIGNATURE_FAILURE");
        };
        let now_s = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if self.roots.ders.iter().any(|root| root == leaf) {
            return match () {
                () if now_s < fields.not_before => Some("CERT_NOT_YET_VALID"),
                () if now_s > fields.not_after => Some("CERT_HAS_EXPIRED"),
                () => None,
            };
        }
        let algorithms = self.provider.signature_verification_algorithms.all;
        let result = ParsedCertificate::try_from(leaf).and_then(|parsed| {
            verify_server_cert_signed_by_trust_anchor(
                &parsed,
                &self.roots.store,
                others,
                now,
                algorithms,
            )
        });
        let error = match result {
            Ok(()) => return None,
            Err(Error::InvalidCertificate(error)) => error,
            Err(_) => return Some("CERT_SIGNATURE_FAILURE"),
        };
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                Some("CERT_HAS_EXPIRED")
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Some("CERT_NOT_YET_VALID")
            }
            CertificateError::Revoked => Some("CERT_REVOKED"),
            CertificateError::BadSignature => Some("CERT_SIGNATURE_FAILURE"),
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
                Some("INVALID_PURPOSE")
            }
            _ => Some(missing_issuer(&fields, others)),
        }
    }
}

/// What OpenSSL says of a chain that ends nowhere.
fn missing_issuer(leaf: &x509::Certificate, others: &[CertificateDer<'_>]) -> &'static str {
    if leaf.self_issued {
        return "DEPTH_ZERO_SELF_SIGNED_CERT";
    }
    let self_signed =
        |der: &CertificateDer<'_>| x509::parse(der).is_some_and(|fields| fields.self_issued);
    match others {
        [] => "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        others if others.iter().any(self_signed) => "SELF_SIGNED_CERT_IN_CHAIN",
        _ => "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.judge(end_entity, intermediates, now);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            cert,
            dss,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            cert,
            dss,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

impl ClientCertVerifier for Verifier {
    // A client without certificate is JavaScript's to refuse.
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.judge(end_entity, intermediates, now);
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        ServerCertVerifier::verify_tls12_signature(self, message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        ServerCertVerifier::verify_tls13_signature(self, message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ServerCertVerifier::supported_verify_schemes(self)
    }
}
