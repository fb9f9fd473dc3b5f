//! AES in the modes that `createCipheriv` offers: ECB, CBC, CTR and GCM.
//!
//! The block cipher is a crate's; the modes are here, because Node's interface is a stream: `update` gives back what is
//! ready, block modes hold back what may be padding. Sources: FIPS 197, NIST SP 800-38A (ECB, CBC, CTR) and 800-38D (GCM),
//! RFC 5652 section 6.3 (padding).

use aes::cipher::{Block, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

use super::digest::equal;

const BLOCK: usize = 16;

/// How blocks are chained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chaining {
    /// Each block for itself.
    Ecb,
    /// Each block mixed with its predecessor.
    Cbc,
    /// A stream of encrypted counters.
    Ctr,
    /// CTR with authentication.
    Gcm,
}

/// A cipher of `getCiphers()`.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// OpenSSL's name.
    pub name: &'static str,
    /// Bytes in a key.
    pub key_len: usize,
    /// Bytes in an initialization vector; of any length for GCM.
    pub iv_len: usize,
    /// The mode.
    pub chaining: Chaining,
    /// OpenSSL's number of the cipher.
    pub nid: i32,
}

const fn kind(
    name: &'static str,
    key_len: usize,
    iv_len: usize,
    chaining: Chaining,
    nid: i32,
) -> Kind {
    Kind {
        name,
        key_len,
        iv_len,
        chaining,
        nid,
    }
}

/// All ciphers.
pub static KINDS: &[Kind] = &[
    kind("aes-128-cbc", 16, 16, Chaining::Cbc, 419),
    kind("aes-128-ctr", 16, 16, Chaining::Ctr, 904),
    kind("aes-128-ecb", 16, 0, Chaining::Ecb, 418),
    kind("aes-128-gcm", 16, 12, Chaining::Gcm, 895),
    kind("aes-192-cbc", 24, 16, Chaining::Cbc, 423),
    kind("aes-192-ctr", 24, 16, Chaining::Ctr, 905),
    kind("aes-192-ecb", 24, 0, Chaining::Ecb, 422),
    kind("aes-192-gcm", 24, 12, Chaining::Gcm, 898),
    kind("aes-256-cbc", 32, 16, Chaining::Cbc, 427),
    kind("aes-256-ctr", 32, 16, Chaining::Ctr, 906),
    kind("aes-256-ecb", 32, 0, Chaining::Ecb, 426),
    kind("aes-256-gcm", 32, 12, Chaining::Gcm, 901),
];

/// The cipher of a name.
pub fn find(name: &str) -> Option<&'static Kind> {
    let lower = name.to_ascii_lowercase();
    let plain = match lower.as_str() {
        "aes128" => "aes-128-cbc",
        "aes192" => "aes-192-cbc",
        "aes256" => "aes-256-cbc",
        "id-aes128-gcm" => "aes-128-gcm",
        "id-aes192-gcm" => "aes-192-gcm",
        "id-aes256-gcm" => "aes-256-gcm",
        other => other,
    };
    KINDS.iter().find(|kind| kind.name == plain)
}

/// Why a cipher failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    /// The key has another length.
    #[error("Invalid key length")]
    KeyLength,
    /// The initialization vector has another length.
    #[error("Invalid initialization vector")]
    Iv,
    /// Without padding, the input must be whole blocks.
    #[error("wrong final block length")]
    FinalBlock,
    /// The padding is none: wrong key or wrong data.
    #[error("bad decrypt")]
    BadDecrypt,
    /// The tag doesn't belong to key and data, or is missing.
    #[error("Unsupported state or unable to authenticate data")]
    Authentication,
}

enum Key {
    Aes128(Aes128),
    Aes192(Aes192),
    Aes256(Aes256),
}

impl Key {
    fn new(bytes: &[u8]) -> Result<Self, CipherError> {
        let wrong = |_| CipherError::KeyLength;
        match bytes.len() {
            16 => Aes128::new_from_slice(bytes)
                .map(Self::Aes128)
                .map_err(wrong),
            24 => Aes192::new_from_slice(bytes)
                .map(Self::Aes192)
                .map_err(wrong),
            32 => Aes256::new_from_slice(bytes)
                .map(Self::Aes256)
                .map_err(wrong),
            _ => Err(CipherError::KeyLength),
        }
    }

    fn encrypt(&self, block: &mut [u8; BLOCK]) {
        let mut cell = Block::<Aes128>::from(*block);
        match self {
            Self::Aes128(key) => key.encrypt_block(&mut cell),
            Self::Aes192(key) => key.encrypt_block(&mut cell),
            Self::Aes256(key) => key.encrypt_block(&mut cell),
        }
        *block = cell.into();
    }

    fn decrypt(&self, block: &mut [u8; BLOCK]) {
        let mut cell = Block::<Aes128>::from(*block);
        match self {
            Self::Aes128(key) => key.decrypt_block(&mut cell),
            Self::Aes192(key) => key.decrypt_block(&mut cell),
            Self::Aes256(key) => key.decrypt_block(&mut cell),
        }
        *block = cell.into();
    }
}

/// A running encryption or decryption.
pub struct Cipher {
    key: Key,
    chaining: Chaining,
    encrypts: bool,
    padding: bool,
    /// CBC: the previous ciphertext block. CTR and GCM: the next counter.
    chain: [u8; BLOCK],
    /// Block modes: input that is no whole block yet. Stream modes: key stream that is left.
    held: Vec<u8>,
    gcm: Option<Gcm>,
}

struct Gcm {
    hash: GHash,
    /// Ciphertext that is no whole block yet, not in `hash`.
    partial: Vec<u8>,
    aad_len: u64,
    text_len: u64,
    first: [u8; BLOCK],
}

fn xor(into: &mut [u8], other: &[u8]) {
    into.iter_mut().zip(other).for_each(|(a, b)| *a ^= b);
}

fn count_up(counter: &mut [u8]) {
    for byte in counter.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
}

impl Cipher {
    /// A new cipher.
    ///
    /// # Errors
    /// Where key or initialization vector have lengths that don't fit.
    pub fn new(kind: &Kind, encrypts: bool, key: &[u8], iv: &[u8]) -> Result<Self, CipherError> {
        if key.len() != kind.key_len {
            return Err(CipherError::KeyLength);
        }
        let key = Key::new(key)?;
        let mut chain = [0; BLOCK];
        let mut gcm = None;
        if kind.chaining == Chaining::Gcm {
            if iv.is_empty() {
                return Err(CipherError::Iv);
            }
            let state = Gcm::new(&key, iv);
            chain = state.first;
            count_up(chain.get_mut(12..).unwrap_or_default());
            gcm = Some(state);
        } else {
            if iv.len() != kind.iv_len {
                return Err(CipherError::Iv);
            }
            chain.iter_mut().zip(iv).for_each(|(a, b)| *a = *b);
        }
        Ok(Self {
            key,
            chaining: kind.chaining,
            encrypts,
            padding: true,
            chain,
            held: Vec::new(),
            gcm,
        })
    }

    /// Whether the last block is padded; set before the end.
    pub fn set_padding(&mut self, padding: bool) {
        self.padding = padding;
    }

    /// GCM: bytes that are authenticated and not encrypted; all in one call, before the text.
    pub fn set_aad(&mut self, aad: &[u8]) {
        if let Some(gcm) = &mut self.gcm {
            gcm.hash.update_padded(aad);
            gcm.aad_len += aad.len() as u64;
        }
    }

    /// Takes input, gives the output that is ready.
    pub fn update(&mut self, input: &[u8]) -> Vec<u8> {
        match self.chaining {
            Chaining::Ecb | Chaining::Cbc => self.update_blocks(input),
            Chaining::Ctr => self.key_stream(input),
            Chaining::Gcm if self.encrypts => {
                let out = self.key_stream(input);
                if let Some(gcm) = &mut self.gcm {
                    gcm.text(&out);
                }
                out
            }
            Chaining::Gcm => {
                if let Some(gcm) = &mut self.gcm {
                    gcm.text(input);
                }
                self.key_stream(input)
            }
        }
    }

    fn key_stream(&mut self, input: &[u8]) -> Vec<u8> {
        let mut out = input.to_vec();
        let from_held = self.held.len().min(out.len());
        for (byte, key) in out.iter_mut().zip(self.held.drain(..from_held)) {
            *byte ^= key;
        }
        for chunk in out
            .get_mut(from_held..)
            .unwrap_or_default()
            .chunks_mut(BLOCK)
        {
            let mut block = self.chain;
            self.key.encrypt(&mut block);
            // GCM counts in the last four bytes only.
            let counter = if self.gcm.is_some() {
                self.chain.get_mut(12..).unwrap_or_default()
            } else {
                &mut self.chain
            };
            count_up(counter);
            xor(chunk, &block);
            self.held = block.get(chunk.len()..).unwrap_or_default().to_vec();
        }
        out
    }

    fn update_blocks(&mut self, input: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(input);
        let mut whole = self.held.len() / BLOCK;
        // The last block may be padding: it waits for the end.
        if !self.encrypts && self.padding && self.held.len().is_multiple_of(BLOCK) {
            whole = whole.saturating_sub(1);
        }
        let rest = self.held.split_off(whole * BLOCK);
        let mut out = std::mem::replace(&mut self.held, rest);
        let (blocks, _) = out.as_chunks_mut::<BLOCK>();
        for block in blocks {
            self.crypt_block(block);
        }
        out
    }

    fn crypt_block(&mut self, block: &mut [u8; BLOCK]) {
        let chained = self.chaining == Chaining::Cbc;
        if self.encrypts {
            if chained {
                xor(block, &self.chain);
            }
            self.key.encrypt(block);
            self.chain = *block;
        } else {
            let ciphertext = *block;
            self.key.decrypt(block);
            if chained {
                xor(block, &self.chain);
            }
            self.chain = ciphertext;
        }
    }

    /// What is left at the end.
    ///
    /// # Errors
    /// Where blocks are missing or the padding is wrong.
    pub fn finish(&mut self) -> Result<Vec<u8>, CipherError> {
        if matches!(self.chaining, Chaining::Ctr | Chaining::Gcm) {
            return Ok(Vec::new());
        }
        let mut last = std::mem::take(&mut self.held);
        if self.encrypts {
            if self.padding {
                let pad = BLOCK - last.len() % BLOCK;
                last.resize(last.len() + pad, pad as u8);
            }
            let Ok(mut block) = <[u8; BLOCK]>::try_from(last.as_slice()) else {
                return if last.is_empty() {
                    Ok(last)
                } else {
                    Err(CipherError::FinalBlock)
                };
            };
            self.crypt_block(&mut block);
            return Ok(block.to_vec());
        }
        let Ok(mut block) = <[u8; BLOCK]>::try_from(last.as_slice()) else {
            return if last.is_empty() && !self.padding {
                Ok(last)
            } else {
                Err(CipherError::FinalBlock)
            };
        };
        self.crypt_block(&mut block);
        let pad = block.last().map_or(0, |&pad| usize::from(pad));
        let start = BLOCK
            .checked_sub(pad)
            .filter(|&start| start < BLOCK)
            .ok_or(CipherError::BadDecrypt)?;
        let (text, padding) = block.split_at(start);
        if padding.iter().any(|&byte| usize::from(byte) != pad) {
            return Err(CipherError::BadDecrypt);
        }
        Ok(text.to_vec())
    }

    /// GCM: the tag over all that was seen.
    pub fn tag(&self) -> Option<[u8; BLOCK]> {
        self.gcm.as_ref().map(|gcm| gcm.tag(&self.key))
    }

    /// GCM: whether a tag, perhaps a shortened one, is the right one.
    ///
    /// # Errors
    /// Where it isn't.
    pub fn check_tag(&self, expected: &[u8]) -> Result<(), CipherError> {
        let tag = self.tag().ok_or(CipherError::Authentication)?;
        let same = !expected.is_empty()
            && tag
                .get(..expected.len())
                .is_some_and(|tag| equal(tag, expected));
        if same {
            Ok(())
        } else {
            Err(CipherError::Authentication)
        }
    }
}

impl Gcm {
    fn new(key: &Key, iv: &[u8]) -> Self {
        let mut subkey = [0; BLOCK];
        key.encrypt(&mut subkey);
        let hash = GHash::new(&subkey.into());
        let mut first = [0; BLOCK];
        if iv.len() == 12 {
            first
                .iter_mut()
                .zip(iv.iter().chain(&[0, 0, 0, 1]))
                .for_each(|(a, b)| *a = *b);
        } else {
            let mut of_iv = hash.clone();
            of_iv.update_padded(iv);
            let bits = (iv.len() as u128) * 8;
            of_iv.update_padded(&bits.to_be_bytes());
            first = of_iv.finalize().into();
        }
        Self {
            hash,
            partial: Vec::new(),
            aad_len: 0,
            text_len: 0,
            first,
        }
    }

    fn text(&mut self, ciphertext: &[u8]) {
        self.text_len += ciphertext.len() as u64;
        self.partial.extend_from_slice(ciphertext);
        let whole = self.partial.len() / BLOCK * BLOCK;
        let rest = self.partial.split_off(whole);
        self.hash.update_padded(&self.partial);
        self.partial = rest;
    }

    fn tag(&self, key: &Key) -> [u8; BLOCK] {
        let mut hash = self.hash.clone();
        hash.update_padded(&self.partial);
        let bits = ((u128::from(self.aad_len) * 8) << 64) | (u128::from(self.text_len) * 8);
        hash.update_padded(&bits.to_be_bytes());
        let mut tag: [u8; BLOCK] = hash.finalize().into();
        let mut mask = self.first;
        key.encrypt(&mut mask);
        xor(&mut tag, &mask);
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cipher_undoes_itself() {
        let text = b"a text that is longer than two blocks, and not whole ones";
        for kind in KINDS {
            let (key, iv) = (vec![7; kind.key_len], vec![9; kind.iv_len]);
            let mut encrypt = Cipher::new(kind, true, &key, &iv).expect("fits");
            let mut packed = encrypt.update(&text[..5]);
            packed.extend(encrypt.update(&text[5..]));
            packed.extend(encrypt.finish().expect("pads"));
            let mut decrypt = Cipher::new(kind, false, &key, &iv).expect("fits");
            let mut back = decrypt.update(&packed[..20]);
            back.extend(decrypt.update(&packed[20..]));
            back.extend(decrypt.finish().expect("padded"));
            assert_eq!(back, text, "{}", kind.name);
            if let Some(tag) = encrypt.tag() {
                assert_eq!(decrypt.check_tag(&tag), Ok(()));
                assert_eq!(
                    decrypt.check_tag(&[0; 16]),
                    Err(CipherError::Authentication)
                );
            }
        }
    }

    #[test]
    fn gcm_of_nothing() {
        // Test case 1 of the GCM specification.
        let kind = find("aes-128-gcm").expect("known");
        let cipher = Cipher::new(kind, true, &[0; 16], &[0; 12]).expect("fits");
        let tag = cipher.tag().map(u128::from_be_bytes);
        assert_eq!(tag, Some(0x58e2_fcce_fa7e_3061_367f_1d57_a4e7_455a));
    }
}
