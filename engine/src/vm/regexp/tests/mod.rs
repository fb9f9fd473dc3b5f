//! What patterns match, by feature.
//!
//! `matches` gives the groups of the first match as text, `-` for one that took no part; every case is run over the
//! subject as bytes, where it fits, and as 16-bit units. `fails` gives the message of an early error.

mod annex_b;
mod assertions;
mod captures;
mod classes;
mod errors;
mod limits;
mod quantifiers;
mod unicode;

use super::{Flags, Input, Program, Scratch};

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn flags(text: &str) -> Flags {
    Flags::parse(&units(text)).unwrap_or_else(|| panic!("bad flags {text}"))
}

fn compile(pattern: &str, flag_text: &str) -> Program {
    let compiled = Program::compile(&units(pattern), flags(flag_text));
    compiled.unwrap_or_else(|error| panic!("/{pattern}/{flag_text}: {}", error.message))
}

/// The positions of the groups of a match in `input` from `start` on.
fn exec(program: &Program, input: Input<'_>, start: usize) -> Option<Vec<usize>> {
    let mut captures = Vec::new();
    let found = program.exec(
        input,
        start,
        &mut Scratch::default(),
        &mut captures,
        &mut |_| true,
    );
    found
        .unwrap_or_else(|stopped| panic!("{stopped:?}"))
        .then_some(captures)
}

/// The positions of a match, the same for bytes and units.
fn positions_in(
    pattern: &str,
    flag_text: &str,
    subject: &[u16],
    start: usize,
) -> Option<Vec<usize>> {
    let program = compile(pattern, flag_text);
    let wide = exec(&program, Input::Utf16(subject), start);
    let bytes: Result<Vec<u8>, _> = subject.iter().map(|&unit| u8::try_from(unit)).collect();
    if let Ok(bytes) = bytes {
        let narrow = exec(&program, Input::Latin1(&bytes), start);
        assert_eq!(narrow, wide, "/{pattern}/{flag_text} by bytes and by units");
    }
    wide
}

/// Where the whole match is.
fn found_at(
    pattern: &str,
    flag_text: &str,
    subject: &[u16],
    start: usize,
) -> Option<(usize, usize)> {
    positions_in(pattern, flag_text, subject, start).map(|positions| (positions[0], positions[1]))
}

/// The groups of the first match, separated by `,`.
fn groups(pattern: &str, flag_text: &str, subject: &str) -> Option<String> {
    let subject = units(subject);
    let positions = positions_in(pattern, flag_text, &subject, 0)?;
    let texts: Vec<String> = positions
        .chunks_exact(2)
        .map(|pair| match subject.get(pair[0]..pair[1]) {
            Some(text) => String::from_utf16_lossy(text),
            None => "-".to_owned(),
        })
        .collect();
    Some(texts.join(","))
}

/// Checks the groups of `/pattern/flags` in `subject`.
#[track_caller]
fn matches(pattern: &str, flag_text: &str, subject: &str, expected: &str) {
    let found = groups(pattern, flag_text, subject);
    assert_eq!(
        found.as_deref(),
        Some(expected),
        "/{pattern}/{flag_text} in {subject:?}"
    );
}

/// Checks that `/pattern/flags` is nowhere in `subject`.
#[track_caller]
fn misses(pattern: &str, flag_text: &str, subject: &str) {
    let found = groups(pattern, flag_text, subject);
    assert_eq!(found, None, "/{pattern}/{flag_text} in {subject:?}");
}

/// Checks the message of an early error.
#[track_caller]
fn fails(pattern: &str, flag_text: &str, message: &str) {
    match Program::compile(&units(pattern), flags(flag_text)) {
        Ok(_) => panic!("/{pattern}/{flag_text} compiled"),
        Err(error) => assert_eq!(error.message, message, "/{pattern}/{flag_text}"),
    }
}
