//! The compressors and decompressors: bytes in, bytes out, no JavaScript.
//!
//! A [`Codec`] is one stream. [`Codec::step`] takes what it can of the input and fills what it can of the output, as
//! zlib's own calls do; [`run`] drives a codec over a whole input. Formats: RFC 1950 (zlib), 1951 (deflate), 1952 (gzip),
//! 7932 (Brotli). A gzip stream may have several members; what follows the last one is ignored.

use brotli::enc::StandardAlloc;
use brotli::enc::encode::BrotliEncoderOperation;
use brotli::enc::encode::BrotliEncoderParameter;
use brotli::enc::encode::BrotliEncoderStateStruct;
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState};
use zlib_rs::{
    Deflate, DeflateConfig, DeflateFlush, Inflate, InflateError, InflateFlush, Method, Status,
    Strategy,
};

/// What a stream does; the numbers are those of Node's `binding.zlib` constants (`zlib.constants.DEFLATE`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Compress with a zlib header.
    Deflate,
    /// Decompress with a zlib header.
    Inflate,
    /// Compress with a gzip header.
    Gzip,
    /// Decompress gzip.
    Gunzip,
    /// Compress without header.
    DeflateRaw,
    /// Decompress without header.
    InflateRaw,
    /// Decompress gzip or zlib, whichever it is.
    Unzip,
    /// Decompress Brotli.
    BrotliDecode,
    /// Compress with Brotli.
    BrotliEncode,
}

impl Mode {
    /// The mode of a number, 1 to 9.
    pub fn from_number(number: i32) -> Option<Self> {
        let modes = [
            Self::Deflate,
            Self::Inflate,
            Self::Gzip,
            Self::Gunzip,
            Self::DeflateRaw,
            Self::InflateRaw,
            Self::Unzip,
            Self::BrotliDecode,
            Self::BrotliEncode,
        ];
        modes
            .get(usize::try_from(number).ok()?.checked_sub(1)?)
            .copied()
    }
}

/// How a stream is set up. What a format has no use for is ignored.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the stream does.
    pub mode: Mode,
    /// -1 (default) to 9.
    pub level: i32,
    /// 8 to 15; 0 lets a decompressor go by the header.
    pub window_bits: i32,
    /// 1 to 9.
    pub mem_level: i32,
    /// zlib's strategy number, 0 to 4.
    pub strategy: i32,
    /// Bytes that both sides know beforehand.
    pub dictionary: Option<Vec<u8>>,
    /// Brotli parameters: key and value.
    pub brotli: Vec<(u32, u32)>,
}

/// Why a stream stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ZlibError {
    /// zlib's text.
    pub message: String,
    /// The name of the error, such as `Z_DATA_ERROR`.
    pub code: String,
    /// The number of the error.
    pub errno: i32,
}

impl ZlibError {
    fn new(message: &str, code: &str, errno: i32) -> Self {
        Self {
            message: message.to_owned(),
            code: code.to_owned(),
            errno,
        }
    }

    /// The input ended in the middle of a stream.
    pub fn unexpected_end() -> Self {
        Self::new("unexpected end of file", "Z_BUF_ERROR", -5)
    }

    fn data(message: &str) -> Self {
        Self::new(message, "Z_DATA_ERROR", -3)
    }
}

/// What a step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Bytes taken from the input.
    pub consumed: usize,
    /// Bytes written to the output.
    pub produced: usize,
    /// The stream has ended; it takes no more input.
    pub ended: bool,
}

/// zlib's flush number for "this was all".
pub const FINISH: i32 = 4;

enum State {
    Deflate(Deflate),
    Inflate {
        inflate: Inflate,
        ended: bool,
        members: bool,
    },
    BrotliEncode(Box<BrotliEncoderStateStruct<StandardAlloc>>),
    BrotliDecode {
        state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
        ended: bool,
    },
}

/// One stream.
pub struct Codec {
    settings: Settings,
    state: State,
}

impl Codec {
    /// A new stream.
    ///
    /// # Errors
    /// Where the dictionary doesn't fit.
    pub fn new(settings: Settings) -> Result<Self, ZlibError> {
        let state = new_state(&settings)?;
        Ok(Self { settings, state })
    }

    /// Begins anew with the same settings.
    ///
    /// # Errors
    /// As [`Codec::new`].
    pub fn reset(&mut self) -> Result<(), ZlibError> {
        self.state = new_state(&self.settings)?;
        Ok(())
    }

    /// Changes the level of a compressor; what was written before should have been flushed.
    pub fn set_level(&mut self, level: i32, strategy: i32) {
        self.settings.level = level;
        self.settings.strategy = strategy;
        if let State::Deflate(deflate) = &mut self.state {
            // One that can't change now keeps its level: only the size of the output differs.
            let _ = deflate.set_level(level);
        }
    }

    /// Takes input and makes output, as much as there is room for.
    ///
    /// `flush` is zlib's (or Brotli's) number.
    ///
    /// # Errors
    /// Where the input is not of the format.
    pub fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, ZlibError> {
        match &mut self.state {
            State::Deflate(deflate) => deflate_step(deflate, input, out, flush),
            State::Inflate {
                inflate,
                ended,
                members,
            } => inflate_step(&self.settings, inflate, ended, members, input, out),
            State::BrotliEncode(encoder) => brotli_encode_step(encoder, input, out, flush),
            State::BrotliDecode { state, ended } => brotli_decode_step(state, ended, input, out),
        }
    }

    /// Does the end of the input have to be the end of the stream?
    pub fn is_decoder(&self) -> bool {
        matches!(
            self.state,
            State::Inflate { .. } | State::BrotliDecode { .. }
        )
    }
}

fn new_state(settings: &Settings) -> Result<State, ZlibError> {
    Ok(match settings.mode {
        Mode::Deflate | Mode::Gzip | Mode::DeflateRaw => State::Deflate(new_deflate(settings)?),
        Mode::Inflate | Mode::Gunzip | Mode::InflateRaw | Mode::Unzip => {
            let inflate = new_inflate(settings)?;
            State::Inflate {
                inflate,
                ended: false,
                members: settings.mode == Mode::Gunzip,
            }
        }
        Mode::BrotliEncode => State::BrotliEncode(Box::new(new_brotli_encoder(settings)?)),
        Mode::BrotliDecode => {
            let alloc = StandardAlloc::default;
            State::BrotliDecode {
                state: Box::new(BrotliState::new(alloc(), alloc(), alloc())),
                ended: false,
            }
        }
    })
}

fn new_deflate(settings: &Settings) -> Result<Deflate, ZlibError> {
    let bits = if settings.window_bits == 0 {
        15
    } else {
        settings.window_bits.clamp(9, 15)
    };
    let window_bits = match settings.mode {
        Mode::Gzip => bits + 16,
        Mode::DeflateRaw => -bits,
        _ => bits,
    };
    let config = DeflateConfig {
        level: settings.level.clamp(-1, 9),
        method: Method::Deflated,
        window_bits,
        mem_level: settings.mem_level.clamp(1, 9),
        strategy: match settings.strategy {
            1 => Strategy::Filtered,
            2 => Strategy::HuffmanOnly,
            3 => Strategy::Rle,
            4 => Strategy::Fixed,
            _ => Strategy::Default,
        },
    };
    let mut deflate = Deflate::new_with_config(config);
    if let Some(dictionary) = settings
        .dictionary
        .as_deref()
        .filter(|_| settings.mode != Mode::Gzip)
    {
        let set = deflate.set_dictionary(dictionary);
        set.map_err(|_| ZlibError::new("Failed to set dictionary", "Z_STREAM_ERROR", -2))?;
    }
    Ok(deflate)
}

fn new_inflate(settings: &Settings) -> Result<Inflate, ZlibError> {
    let bits = u8::try_from(settings.window_bits.clamp(0, 15)).unwrap_or(15);
    let or_full = if bits == 0 { 15 } else { bits };
    let mut inflate = match settings.mode {
        Mode::Gunzip => Inflate::new(true, 16 + or_full),
        Mode::Unzip => Inflate::new(true, 32 + or_full),
        Mode::InflateRaw => Inflate::new(false, or_full),
        _ => Inflate::new(true, bits),
    };
    if let Some(dictionary) = settings
        .dictionary
        .as_deref()
        .filter(|_| settings.mode == Mode::InflateRaw)
    {
        let set = inflate.set_dictionary(dictionary);
        set.map_err(|_| ZlibError::new("Failed to set dictionary", "Z_STREAM_ERROR", -2))?;
    }
    Ok(inflate)
}

fn deflate_step(
    deflate: &mut Deflate,
    input: &[u8],
    out: &mut [u8],
    flush: i32,
) -> Result<Step, ZlibError> {
    let flush = match flush {
        1 => DeflateFlush::PartialFlush,
        2 => DeflateFlush::SyncFlush,
        3 => DeflateFlush::FullFlush,
        4 => DeflateFlush::Finish,
        5 => DeflateFlush::Block,
        _ => DeflateFlush::NoFlush,
    };
    let before = (deflate.total_in(), deflate.total_out());
    let status = deflate.compress(input, out, flush);
    let status =
        status.map_err(|error| ZlibError::new(error.as_str(), "Z_STREAM_ERROR", error as i32))?;
    Ok(Step {
        consumed: (deflate.total_in() - before.0) as usize,
        produced: (deflate.total_out() - before.1) as usize,
        ended: status == Status::StreamEnd,
    })
}

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

fn inflate_step(
    settings: &Settings,
    inflate: &mut Inflate,
    ended: &mut bool,
    members: &mut bool,
    input: &[u8],
    out: &mut [u8],
) -> Result<Step, ZlibError> {
    let mut step = Step::default();
    if settings.mode == Mode::Unzip
        && inflate.total_in() == 0
        && input.first() == Some(&GZIP_MAGIC[0])
    {
        *members = true;
    }
    loop {
        let rest = input.get(step.consumed..).unwrap_or_default();
        if *ended {
            // Another member of the same archive, or something that is none of ours.
            if !*members
                || rest.is_empty()
                || rest
                    .iter()
                    .zip(GZIP_MAGIC)
                    .any(|(&byte, magic)| byte != magic)
            {
                step.ended = true;
                return Ok(step);
            }
            *inflate = new_inflate(settings)?;
            *ended = false;
        }
        let before = (inflate.total_in(), inflate.total_out());
        let room = out.get_mut(step.produced..).unwrap_or_default();
        let result = inflate.decompress(rest, room, InflateFlush::SyncFlush);
        step.consumed += (inflate.total_in() - before.0) as usize;
        step.produced += (inflate.total_out() - before.1) as usize;
        match result {
            Ok(Status::StreamEnd) => *ended = true,
            Ok(_) => return Ok(step),
            Err(InflateError::NeedDict { .. }) => give_dictionary(settings, inflate)?,
            Err(InflateError::DataError) => {
                return Err(ZlibError::data(
                    inflate.error_message().unwrap_or("invalid data"),
                ));
            }
            Err(InflateError::MemError) => {
                return Err(ZlibError::new("insufficient memory", "Z_MEM_ERROR", -4));
            }
            Err(_) => return Err(ZlibError::new("stream error", "Z_STREAM_ERROR", -2)),
        }
    }
}

fn give_dictionary(settings: &Settings, inflate: &mut Inflate) -> Result<(), ZlibError> {
    let Some(dictionary) = settings.dictionary.as_deref() else {
        return Err(ZlibError::new("Missing dictionary", "Z_NEED_DICT", 2));
    };
    inflate
        .set_dictionary(dictionary)
        .map(drop)
        .map_err(|_| ZlibError::new("Bad dictionary", "Z_NEED_DICT", 2))
}

fn new_brotli_encoder(
    settings: &Settings,
) -> Result<BrotliEncoderStateStruct<StandardAlloc>, ZlibError> {
    use BrotliEncoderParameter as P;
    let mut encoder = BrotliEncoderStateStruct::new(StandardAlloc::default());
    for &(key, value) in &settings.brotli {
        let parameter = match key {
            0 => P::BROTLI_PARAM_MODE,
            1 => P::BROTLI_PARAM_QUALITY,
            2 => P::BROTLI_PARAM_LGWIN,
            3 => P::BROTLI_PARAM_LGBLOCK,
            4 => P::BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING,
            5 => P::BROTLI_PARAM_SIZE_HINT,
            6 => P::BROTLI_PARAM_LARGE_WINDOW,
            7 | 8 => continue,
            _ => {
                return Err(ZlibError::new(
                    "Initialization failed",
                    "ERR_ZLIB_INITIALIZATION_FAILED",
                    -1,
                ));
            }
        };
        encoder.set_parameter(parameter, value);
    }
    Ok(encoder)
}

fn brotli_encode_step(
    encoder: &mut BrotliEncoderStateStruct<StandardAlloc>,
    input: &[u8],
    out: &mut [u8],
    flush: i32,
) -> Result<Step, ZlibError> {
    let operation = match flush {
        1 => BrotliEncoderOperation::BROTLI_OPERATION_FLUSH,
        2 => BrotliEncoderOperation::BROTLI_OPERATION_FINISH,
        3 => BrotliEncoderOperation::BROTLI_OPERATION_EMIT_METADATA,
        _ => BrotliEncoderOperation::BROTLI_OPERATION_PROCESS,
    };
    let (mut left_in, mut consumed, mut left_out, mut produced) = (input.len(), 0, out.len(), 0);
    let done = encoder.compress_stream(
        operation,
        &mut left_in,
        input,
        &mut consumed,
        &mut left_out,
        out,
        &mut produced,
        &mut None,
        &mut |_, _, _, _| (),
    );
    if !done {
        return Err(ZlibError::new(
            "Compression failed",
            "ERR_BROTLI_COMPRESSION_FAILED",
            -1,
        ));
    }
    Ok(Step {
        consumed,
        produced,
        ended: encoder.is_finished(),
    })
}

fn brotli_decode_step(
    state: &mut BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    ended: &mut bool,
    input: &[u8],
    out: &mut [u8],
) -> Result<Step, ZlibError> {
    if *ended {
        return Ok(Step {
            consumed: input.len(),
            produced: 0,
            ended: true,
        });
    }
    let (mut left_in, mut consumed, mut left_out, mut produced, mut total) =
        (input.len(), 0, out.len(), 0, 0);
    let result = BrotliDecompressStream(
        &mut left_in,
        &mut consumed,
        input,
        &mut left_out,
        &mut produced,
        out,
        &mut total,
        state,
    );
    match result {
        BrotliResult::ResultSuccess => *ended = true,
        BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
        BrotliResult::ResultFailure => {
            let name = format!("{:?}", state.error_code);
            let name = name.strip_prefix("BROTLI_DECODER").unwrap_or(&name);
            return Err(ZlibError::new(
                "Decompression failed",
                &format!("ERR_{name}"),
                state.error_code as i32,
            ));
        }
    }
    Ok(Step {
        consumed,
        produced,
        ended: *ended,
    })
}

/// Why [`run`] stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// The stream is broken.
    #[error(transparent)]
    Zlib(#[from] ZlibError),
    /// The output would be longer than allowed.
    #[error("the output is longer than {0} bytes")]
    TooLarge(usize),
}

/// Runs a whole input through a new stream. `finish` is the flush number that ends it.
///
/// # Errors
/// Where the input is broken, ends early (unless `finish` asks for what there is), or makes more than `max` bytes.
pub fn run(settings: Settings, input: &[u8], finish: i32, max: usize) -> Result<Vec<u8>, RunError> {
    let is_brotli = matches!(settings.mode, Mode::BrotliDecode | Mode::BrotliEncode);
    let must_end = finish == if is_brotli { 2 } else { FINISH };
    let mut codec = Codec::new(settings)?;
    let mut out = vec![
        0;
        (input.len() / 2)
            .clamp(1024, 1 << 20)
            .min(max.saturating_add(1))
    ];
    let (mut taken, mut len) = (0, 0);
    loop {
        let rest = input.get(taken..).unwrap_or_default();
        let room = out.get_mut(len..).unwrap_or_default();
        let room_len = room.len();
        let step = codec.step(rest, room, finish)?;
        taken += step.consumed;
        len += step.produced;
        if len > max {
            return Err(RunError::TooLarge(max));
        }
        if step.ended {
            break;
        }
        if step.produced == room_len {
            let grown = out.len().saturating_mul(2).min(max.saturating_add(1));
            out.resize(grown, 0);
        } else if taken >= input.len() {
            if must_end && codec.is_decoder() {
                return Err(ZlibError::unexpected_end().into());
            }
            break;
        } else if step == Step::default() {
            return Err(ZlibError::new("buffer error", "Z_BUF_ERROR", -5).into());
        }
    }
    out.truncate(len);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(mode: Mode) -> Settings {
        Settings {
            mode,
            level: -1,
            window_bits: 15,
            mem_level: 8,
            strategy: 0,
            dictionary: None,
            brotli: Vec::new(),
        }
    }

    fn both(encode: Mode, decode: Mode, finish: i32) {
        let text = b"some text, some text, some more text".repeat(400);
        let packed = run(settings(encode), &text, finish, usize::MAX - 1).expect("packs");
        assert!(packed.len() < text.len() / 10);
        assert_eq!(
            run(settings(decode), &packed, finish, usize::MAX - 1),
            Ok(text.clone())
        );
        let cut = run(
            settings(decode),
            &packed[..packed.len() - 2],
            finish,
            usize::MAX - 1,
        );
        assert_eq!(cut, Err(ZlibError::unexpected_end().into()));
        assert_eq!(
            run(settings(decode), &packed, finish, 100),
            Err(RunError::TooLarge(100))
        );
    }

    #[test]
    fn formats_round_trip() {
        both(Mode::Deflate, Mode::Inflate, 4);
        both(Mode::Gzip, Mode::Gunzip, 4);
        both(Mode::Gzip, Mode::Unzip, 4);
        both(Mode::Deflate, Mode::Unzip, 4);
        both(Mode::DeflateRaw, Mode::InflateRaw, 4);
        both(Mode::BrotliEncode, Mode::BrotliDecode, 2);
    }

    #[test]
    fn members_follow_each_other() {
        let mut packed = run(settings(Mode::Gzip), b"abc", 4, 100).expect("packs");
        packed.extend(run(settings(Mode::Gzip), b"def", 4, 100).expect("packs"));
        packed.extend([0; 10]);
        assert_eq!(
            run(settings(Mode::Gunzip), &packed, 4, 100),
            Ok(b"abcdef".to_vec())
        );
    }

    #[test]
    fn wrong_header_is_a_data_error() {
        let error = run(settings(Mode::Gunzip), b"this is no gzip", 4, 100).expect_err("no header");
        assert_eq!(error, ZlibError::data("incorrect header check").into());
    }
}
