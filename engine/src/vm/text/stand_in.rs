//! Code points that stand for lone surrogates where text has to be UTF-8: in sources, for the parser.
//!
//! A block of 2,048 private code points that the text does not use stands for the 2,048 surrogates. The planes of private
//! use have 64 such blocks; a text that uses them all loses its lone surrogates.

use super::well_formed::{is_well_formed, well_formed_runs};

/// Where the planes of private use begin.
const FIRST: u32 = 0xF_0000;
/// How many surrogates there are.
const BLOCK: u32 = 0x800;

/// A block of code points that stand for surrogates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIns(u32);

impl StandIns {
    /// A block that none of the texts uses; `None` if none has a lone surrogate, or every block is used.
    #[must_use]
    pub fn for_texts<T: AsRef<[u16]>>(texts: &[T]) -> Option<Self> {
        if texts.iter().all(|text| is_well_formed(text.as_ref())) {
            return None;
        }
        let mut used = 0_u64;
        for text in texts {
            for c in char::decode_utf16(text.as_ref().iter().copied()).flatten() {
                if u32::from(c) >= FIRST {
                    used |= 1 << ((u32::from(c) - FIRST) / BLOCK);
                }
            }
        }
        let block = used.trailing_ones();
        (block < u64::BITS).then_some(Self(FIRST + block * BLOCK))
    }

    /// The text as UTF-8.
    #[must_use]
    pub fn encode(self, text: &[u16]) -> String {
        let mut out = String::with_capacity(text.len());
        for (run, lone) in well_formed_runs(text) {
            out.extend(char::decode_utf16(run.iter().copied()).flatten());
            let stand_in = lone.map(|unit| self.0 + u32::from(unit & 0x7FF));
            out.extend(stand_in.and_then(char::from_u32));
        }
        out
    }

    /// The text with lone surrogates where their stand-ins are; `None` if there is none.
    #[must_use]
    pub fn restore(self, text: &[u16]) -> Option<Vec<u16>> {
        let surrogate = |pair: &[u16]| {
            let c = char::decode_utf16(pair.iter().copied()).next()?.ok()?;
            let at = u32::from(c).checked_sub(self.0)?;
            (at < BLOCK).then_some(0xD800 | at as u16)
        };
        let first = text.windows(2).position(|pair| surrogate(pair).is_some())?;
        let mut out = text[..first].to_vec();
        let mut rest = &text[first..];
        while let Some((&unit, after)) = rest.split_first() {
            match rest.get(..2).and_then(surrogate) {
                Some(lone) => {
                    out.push(lone);
                    rest = &rest[2..];
                }
                None => {
                    out.push(unit);
                    rest = after;
                }
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_come_back() {
        let text = [0x61, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xD83D];
        let stand_ins = StandIns::for_texts(&[&text]).unwrap();
        let encoded = stand_ins.encode(&text);
        let units: Vec<u16> = encoded.encode_utf16().collect();
        assert_eq!(stand_ins.restore(&units).unwrap(), text);
        assert_eq!(stand_ins.restore(&[0x61, 0x62]), None);
    }

    #[test]
    fn a_block_in_use_is_left_alone() {
        let mut text: Vec<u16> = "\u{F0000}\u{F0FFF}".encode_utf16().collect();
        assert_eq!(StandIns::for_texts(&[&text]), None);
        text.push(0xDC12);
        let stand_ins = StandIns::for_texts(&[vec![0x61], text.clone()]).unwrap();
        let encoded = stand_ins.encode(&text);
        assert_eq!(encoded, "\u{F0000}\u{F0FFF}\u{F1412}");
        let units: Vec<u16> = encoded.encode_utf16().collect();
        assert_eq!(stand_ins.restore(&units).unwrap(), text);
    }

    #[test]
    fn text_that_uses_every_block_has_none() {
        let all = (0..64).filter_map(|block| char::from_u32(FIRST + block * BLOCK));
        let mut text: Vec<u16> = all.collect::<String>().encode_utf16().collect();
        text.push(0xD800);
        assert_eq!(StandIns::for_texts(&[&text]), None);
    }
}
