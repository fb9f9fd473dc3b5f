//! Digests by name, and HMAC, HKDF, PBKDF2 and scrypt over them.
//!
//! Names are OpenSSL's, in any case: `sha256`, `RSA-SHA256`, `sha512-256`. Sources: FIPS 180-4 (SHA-1, SHA-2), FIPS 202
//! (SHA-3), RFC 1321 (MD5), RFC 7693 (BLAKE2), RFC 2104 (HMAC), RFC 5869 (HKDF), RFC 8018 (PBKDF2), RFC 7914 (scrypt).

use sha2::digest::Digest;

/// A running digest of some algorithm.
pub trait Hasher {
    /// Takes more bytes.
    fn update(&mut self, bytes: &[u8]);
    /// The digest of what was taken.
    fn finish(self: Box<Self>) -> Vec<u8>;
    /// Another one in the same state.
    fn copy(&self) -> Box<dyn Hasher>;
}

impl<D: Digest + Clone + 'static> Hasher for D {
    fn update(&mut self, bytes: &[u8]) {
        Digest::update(self, bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize().to_vec()
    }

    fn copy(&self) -> Box<dyn Hasher> {
        Box::new(self.clone())
    }
}

/// An algorithm.
#[derive(Clone, Copy)]
pub struct Algorithm {
    /// The name that `getHashes()` shows.
    pub name: &'static str,
    /// Bytes in a block, which HMAC must know.
    pub block_len: usize,
    /// Bytes in a digest.
    pub digest_len: usize,
    new: fn() -> Box<dyn Hasher>,
}

fn boxed<D: Digest + Clone + 'static>() -> Box<dyn Hasher> {
    Box::new(D::new())
}

const fn algorithm(
    name: &'static str,
    block_len: usize,
    digest_len: usize,
    new: fn() -> Box<dyn Hasher>,
) -> Algorithm {
    Algorithm {
        name,
        block_len,
        digest_len,
        new,
    }
}

/// All algorithms.
pub static ALGORITHMS: &[Algorithm] = &[
    algorithm("blake2b512", 128, 64, boxed::<blake2::Blake2b512>),
    algorithm("blake2s256", 64, 32, boxed::<blake2::Blake2s256>),
    algorithm("md5", 64, 16, boxed::<md5::Md5>),
    algorithm("ripemd160", 64, 20, boxed::<ripemd::Ripemd160>),
    algorithm("sha1", 64, 20, boxed::<sha1::Sha1>),
    algorithm("sha224", 64, 28, boxed::<sha2::Sha224>),
    algorithm("sha256", 64, 32, boxed::<sha2::Sha256>),
    algorithm("sha3-224", 144, 28, boxed::<sha3::Sha3_224>),
    algorithm("sha3-256", 136, 32, boxed::<sha3::Sha3_256>),
    algorithm("sha3-384", 104, 48, boxed::<sha3::Sha3_384>),
    algorithm("sha3-512", 72, 64, boxed::<sha3::Sha3_512>),
    algorithm("sha384", 128, 48, boxed::<sha2::Sha384>),
    algorithm("sha512", 128, 64, boxed::<sha2::Sha512>),
    algorithm("sha512-224", 128, 28, boxed::<sha2::Sha512_224>),
    algorithm("sha512-256", 128, 32, boxed::<sha2::Sha512_256>),
];

/// The algorithm of a name.
pub fn find(name: &str) -> Option<&'static Algorithm> {
    let lower = name.to_ascii_lowercase();
    let bare = lower.strip_prefix("rsa-").unwrap_or(&lower);
    let plain = match bare {
        "sha-1" => "sha1",
        "sha-224" | "sha2-224" => "sha224",
        "sha-256" | "sha2-256" => "sha256",
        "sha-384" | "sha2-384" => "sha384",
        "sha-512" | "sha2-512" => "sha512",
        "sha512/224" | "sha-512/224" => "sha512-224",
        "sha512/256" | "sha-512/256" => "sha512-256",
        "ripemd" | "rmd160" | "ripemd-160" => "ripemd160",
        "ssl3-md5" => "md5",
        "ssl3-sha1" => "sha1",
        other => other,
    };
    ALGORITHMS.iter().find(|algorithm| algorithm.name == plain)
}

impl Algorithm {
    /// A new digest.
    pub fn hasher(&self) -> Box<dyn Hasher> {
        (self.new)()
    }

    /// The digest of some bytes.
    pub fn digest(&self, bytes: &[u8]) -> Vec<u8> {
        let mut hasher = self.hasher();
        hasher.update(bytes);
        hasher.finish()
    }
}

/// A running HMAC.
pub struct Hmac {
    inner: Box<dyn Hasher>,
    outer: Box<dyn Hasher>,
}

impl Hmac {
    /// RFC 2104 section 2: the key is padded to a block, or hashed first if it is longer.
    pub fn new(algorithm: &Algorithm, key: &[u8]) -> Self {
        let mut block = if key.len() > algorithm.block_len {
            algorithm.digest(key)
        } else {
            key.to_vec()
        };
        block.resize(algorithm.block_len, 0);
        let mut inner = algorithm.hasher();
        let mut outer = algorithm.hasher();
        inner.update(&block.iter().map(|byte| byte ^ 0x36).collect::<Vec<_>>());
        outer.update(&block.iter().map(|byte| byte ^ 0x5c).collect::<Vec<_>>());
        Self { inner, outer }
    }

    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.inner.update(bytes);
    }

    /// The code of what was taken.
    pub fn finish(mut self) -> Vec<u8> {
        self.outer.update(&self.inner.finish());
        self.outer.finish()
    }

    /// Another one in the same state.
    pub fn copy(&self) -> Self {
        Self {
            inner: self.inner.copy(),
            outer: self.outer.copy(),
        }
    }
}

fn hmac(algorithm: &Algorithm, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut hmac = Hmac::new(algorithm, key);
    for part in parts {
        hmac.update(part);
    }
    hmac.finish()
}

/// RFC 5869. `None` when more is asked for than 255 digests.
pub fn hkdf(
    algorithm: &Algorithm,
    key: &[u8],
    salt: &[u8],
    info: &[u8],
    len: usize,
) -> Option<Vec<u8>> {
    if len > 255 * algorithm.digest_len {
        return None;
    }
    let extracted = hmac(algorithm, salt, &[key]);
    let mut out = Vec::with_capacity(len);
    let mut block = Vec::new();
    let mut counter = 1_u8;
    while out.len() < len {
        block = hmac(algorithm, &extracted, &[&block, info, &[counter]]);
        out.extend_from_slice(&block);
        counter = counter.wrapping_add(1);
    }
    out.truncate(len);
    Some(out)
}

/// RFC 8018 section 5.2.
pub fn pbkdf2(
    algorithm: &Algorithm,
    password: &[u8],
    salt: &[u8],
    rounds: u32,
    len: usize,
) -> Vec<u8> {
    let mut out = vec![0; len];
    // FAST PATH: the crate keeps the two states of HMAC on the stack; the general way copies boxes in each round.
    match algorithm.name {
        "sha1" => pbkdf2::pbkdf2_hmac::<sha1::Sha1>(password, salt, rounds, &mut out),
        "sha256" => pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password, salt, rounds, &mut out),
        "sha384" => pbkdf2::pbkdf2_hmac::<sha2::Sha384>(password, salt, rounds, &mut out),
        "sha512" => pbkdf2::pbkdf2_hmac::<sha2::Sha512>(password, salt, rounds, &mut out),
        "md5" => pbkdf2::pbkdf2_hmac::<md5::Md5>(password, salt, rounds, &mut out),
        _ => pbkdf2_general(algorithm, password, salt, rounds, &mut out),
    }
    out
}

fn pbkdf2_general(
    algorithm: &Algorithm,
    password: &[u8],
    salt: &[u8],
    rounds: u32,
    out: &mut [u8],
) {
    let keyed = Hmac::new(algorithm, password);
    for (index, chunk) in out.chunks_mut(algorithm.digest_len).enumerate() {
        let mut first = keyed.copy();
        first.update(salt);
        first.update(&(index as u32).wrapping_add(1).to_be_bytes());
        let mut last = first.finish();
        let mut sum = last.clone();
        for _ in 1..rounds {
            let mut next = keyed.copy();
            next.update(&last);
            last = next.finish();
            sum.iter_mut()
                .zip(&last)
                .for_each(|(sum, byte)| *sum ^= byte);
        }
        chunk
            .iter_mut()
            .zip(&sum)
            .for_each(|(out, byte)| *out = *byte);
    }
}

/// RFC 7914. `None` where the parameters don't fit together; `n` is a power of two.
pub fn scrypt(password: &[u8], salt: &[u8], n: u64, r: u32, p: u32, len: usize) -> Option<Vec<u8>> {
    let log_n = u8::try_from(n.checked_ilog2()?).ok()?;
    let params = scrypt::Params::new(log_n, r, p).ok()?;
    let mut out = vec![0; len];
    if len > 0 {
        scrypt::scrypt(password, salt, &params, &mut out).ok()?;
    }
    Some(out)
}

/// Compares without telling by the time taken where the difference is.
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    let difference = left
        .iter()
        .zip(right)
        .fold(0_u8, |all, (a, b)| all | (a ^ b));
    left.len() == right.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn digests_have_their_lengths() {
        for algorithm in ALGORITHMS {
            assert_eq!(
                algorithm.digest(b"").len(),
                algorithm.digest_len,
                "{}",
                algorithm.name
            );
        }
    }

    #[test]
    fn known_answers() {
        let sha256 = find("RSA-SHA256").expect("known");
        assert_eq!(
            hex(&hmac(sha256, b"Jefe", &[b"what do ya want for nothing?"])),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let sha1 = find("sha1").expect("known");
        let mut general = [0; 20];
        pbkdf2_general(sha1, b"password", b"salt", 2, &mut general);
        assert_eq!(hex(&general), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
        assert_eq!(pbkdf2(sha1, b"password", b"salt", 2, 20), general);
    }
}
