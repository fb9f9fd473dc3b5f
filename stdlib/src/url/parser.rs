//! The basic URL parser: a state machine over the characters of the input.
//!
//! Source: <https://url.spec.whatwg.org/#concept-basic-url-parser>. A state of the standard is a method of its name;
//! `State::X` with a state override serves the setters (`setters.rs`). Failure is [`Stop::Failure`]; validation errors
//! are not reported, as no one could see them.

use super::host;
use super::percent::{EncodeSet, push_all_encoded, push_encoded};
use super::record::{Path, Url, default_port, is_special};

/// The states that are entered by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    SchemeStart,
    Scheme,
    NoScheme,
    SpecialRelativeOrAuthority,
    PathOrAuthority,
    Relative,
    RelativeSlash,
    SpecialAuthoritySlashes,
    SpecialAuthorityIgnoreSlashes,
    Authority,
    Host,
    Hostname,
    Port,
    File,
    FileSlash,
    FileHost,
    PathStart,
    Path,
    OpaquePath,
    Query,
    Fragment,
}

/// Why the machine halts before the end of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The input is no URL.
    Failure,
    /// A setter has what it wanted.
    Done,
}

type Step = Result<(), Stop>;

/// Parses a whole URL against an optional base; `None` where it is none.
#[must_use]
pub fn parse(input: &str, base: Option<&Url>) -> Option<Url> {
    let trimmed = input.trim_matches(|c| c <= ' ');
    let mut parser = Parser::new(trimmed, base, Url::default(), State::SchemeStart, None);
    parser.run().then_some(parser.url)
}

/// Runs the machine on an existing URL from a state on, as setters do. Parts set before a failure stay set.
pub fn parse_into(url: &mut Url, input: &str, state: State) {
    let mut parser = Parser::new(input, None, std::mem::take(url), state, Some(state));
    parser.run();
    *url = parser.url;
}

struct Parser<'a> {
    input: Vec<char>,
    base: Option<&'a Url>,
    url: Url,
    state: State,
    override_state: Option<State>,
    /// The index of the current character; one below zero while the machine starts over.
    pointer: isize,
    buffer: String,
    at_sign_seen: bool,
    inside_brackets: bool,
    password_token_seen: bool,
}

impl<'a> Parser<'a> {
    fn new(
        input: &str,
        base: Option<&'a Url>,
        url: Url,
        state: State,
        override_state: Option<State>,
    ) -> Self {
        Self {
            input: input
                .chars()
                .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
                .collect(),
            base,
            url,
            state,
            override_state,
            pointer: 0,
            buffer: String::new(),
            at_sign_seen: false,
            inside_brackets: false,
            password_token_seen: false,
        }
    }

    /// True unless it failed.
    fn run(&mut self) -> bool {
        loop {
            let c = self.char_at(0);
            match self.step(c) {
                Err(Stop::Failure) => return false,
                Err(Stop::Done) => return true,
                Ok(()) => {}
            }
            // The end of the input is a character of its own, so the pointer is compared after the step.
            if self.pointer >= 0 && self.char_at(0).is_none() {
                return true;
            }
            self.pointer += 1;
        }
    }

    fn step(&mut self, c: Option<char>) -> Step {
        match self.state {
            State::SchemeStart => self.scheme_start(c),
            State::Scheme => self.scheme(c),
            State::NoScheme => self.no_scheme(c),
            State::SpecialRelativeOrAuthority => self.special_relative_or_authority(c),
            State::PathOrAuthority => self.path_or_authority(c),
            State::Relative => self.relative(c),
            State::RelativeSlash => self.relative_slash(c),
            State::SpecialAuthoritySlashes => self.special_authority_slashes(c),
            State::SpecialAuthorityIgnoreSlashes => self.special_authority_ignore_slashes(c),
            State::Authority => self.authority(c),
            State::Host | State::Hostname => self.host(c),
            State::Port => self.port(c),
            State::File => self.file(c),
            State::FileSlash => self.file_slash(c),
            State::FileHost => self.file_host(c),
            State::PathStart => self.path_start(c),
            State::Path => self.path(c),
            State::OpaquePath => self.opaque_path(c),
            State::Query => self.query(c),
            State::Fragment => self.fragment(c),
        }
    }

    fn char_at(&self, ahead: isize) -> Option<char> {
        let index = usize::try_from(self.pointer + ahead).ok()?;
        self.input.get(index).copied()
    }

    fn rest_from(&self, ahead: isize) -> &[char] {
        let index = usize::try_from(self.pointer + ahead).unwrap_or(0);
        self.input.get(index..).unwrap_or_default()
    }

    /// Enters a state and lets it see the current character again.
    fn again_in(&mut self, state: State) {
        self.state = state;
        self.pointer -= 1;
    }

    fn start_query(&mut self) {
        self.url.query = Some(String::new());
        self.state = State::Query;
    }

    fn start_fragment(&mut self) {
        self.url.fragment = Some(String::new());
        self.state = State::Fragment;
    }

    /// `/`, and `\` where the scheme is special.
    fn is_slash(&self, c: Option<char>) -> bool {
        c == Some('/') || c == Some('\\') && self.url.is_special()
    }

    /// Where an authority or host ends.
    fn ends_authority(&self, c: Option<char>) -> bool {
        matches!(c, None | Some('?' | '#')) || self.is_slash(c)
    }

    fn scheme_start(&mut self, c: Option<char>) -> Step {
        match c {
            Some(c) if c.is_ascii_alphabetic() => {
                self.buffer.push(c.to_ascii_lowercase());
                self.state = State::Scheme;
            }
            _ if self.override_state.is_none() => self.again_in(State::NoScheme),
            _ => return Err(Stop::Failure),
        }
        Ok(())
    }

    fn scheme(&mut self, c: Option<char>) -> Step {
        match c {
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => {
                self.buffer.push(c.to_ascii_lowercase());
                Ok(())
            }
            Some(':') if self.override_state.is_some() => self.replace_scheme(),
            Some(':') => {
                self.url.scheme = std::mem::take(&mut self.buffer);
                self.after_scheme();
                Ok(())
            }
            _ if self.override_state.is_none() => {
                self.buffer.clear();
                self.state = State::NoScheme;
                self.pointer = -1;
                Ok(())
            }
            _ => Err(Stop::Failure),
        }
    }

    fn replace_scheme(&mut self) -> Step {
        let scheme = std::mem::take(&mut self.buffer);
        let refused = is_special(&self.url.scheme) != is_special(&scheme)
            || scheme == "file" && (self.url.has_credentials() || self.url.port.is_some())
            || self.url.scheme == "file" && self.url.host.as_ref().is_none_or(String::is_empty);
        if !refused {
            self.url.scheme = scheme;
            if self.url.port == default_port(&self.url.scheme) {
                self.url.port = None;
            }
        }
        Err(Stop::Done)
    }

    fn after_scheme(&mut self) {
        if self.url.scheme == "file" {
            self.state = State::File;
        } else if self.url.is_special() {
            let same = self.base.is_some_and(|base| base.scheme == self.url.scheme);
            self.state = if same {
                State::SpecialRelativeOrAuthority
            } else {
                State::SpecialAuthoritySlashes
            };
        } else if self.char_at(1) == Some('/') {
            self.state = State::PathOrAuthority;
            self.pointer += 1;
        } else {
            self.url.path = Path::Opaque(String::new());
            self.state = State::OpaquePath;
        }
    }

    fn no_scheme(&mut self, c: Option<char>) -> Step {
        let base = self.base.ok_or(Stop::Failure)?;
        if base.has_opaque_path() {
            if c != Some('#') {
                return Err(Stop::Failure);
            }
            self.url.scheme.clone_from(&base.scheme);
            self.url.path.clone_from(&base.path);
            self.url.query.clone_from(&base.query);
            self.start_fragment();
        } else if base.scheme == "file" {
            self.again_in(State::File);
        } else {
            self.again_in(State::Relative);
        }
        Ok(())
    }

    fn special_relative_or_authority(&mut self, c: Option<char>) -> Step {
        if c == Some('/') && self.char_at(1) == Some('/') {
            self.state = State::SpecialAuthorityIgnoreSlashes;
            self.pointer += 1;
        } else {
            self.again_in(State::Relative);
        }
        Ok(())
    }

    fn path_or_authority(&mut self, c: Option<char>) -> Step {
        if c == Some('/') {
            self.state = State::Authority;
        } else {
            self.again_in(State::Path);
        }
        Ok(())
    }

    fn relative(&mut self, c: Option<char>) -> Step {
        let base = self.base.ok_or(Stop::Failure)?;
        self.url.scheme.clone_from(&base.scheme);
        if self.is_slash(c) {
            self.state = State::RelativeSlash;
            return Ok(());
        }
        self.take_authority(base);
        self.url.path.clone_from(&base.path);
        self.url.query.clone_from(&base.query);
        match c {
            Some('?') => self.start_query(),
            Some('#') => self.start_fragment(),
            None => {}
            Some(_) => {
                self.url.query = None;
                self.shorten_path();
                self.again_in(State::Path);
            }
        }
        Ok(())
    }

    fn take_authority(&mut self, base: &Url) {
        self.url.username.clone_from(&base.username);
        self.url.password.clone_from(&base.password);
        self.url.host.clone_from(&base.host);
        self.url.port = base.port;
    }

    fn relative_slash(&mut self, c: Option<char>) -> Step {
        if self.url.is_special() && self.is_slash(c) {
            self.state = State::SpecialAuthorityIgnoreSlashes;
        } else if c == Some('/') {
            self.state = State::Authority;
        } else {
            let base = self.base.ok_or(Stop::Failure)?;
            self.take_authority(base);
            self.again_in(State::Path);
        }
        Ok(())
    }

    fn special_authority_slashes(&mut self, c: Option<char>) -> Step {
        if c == Some('/') && self.char_at(1) == Some('/') {
            self.state = State::SpecialAuthorityIgnoreSlashes;
            self.pointer += 1;
        } else {
            self.again_in(State::SpecialAuthorityIgnoreSlashes);
        }
        Ok(())
    }

    fn special_authority_ignore_slashes(&mut self, c: Option<char>) -> Step {
        if !matches!(c, Some('/' | '\\')) {
            self.again_in(State::Authority);
        }
        Ok(())
    }

    fn authority(&mut self, c: Option<char>) -> Step {
        match c {
            Some('@') => {
                self.take_credentials();
                Ok(())
            }
            _ if self.ends_authority(c) => {
                if self.at_sign_seen && self.buffer.is_empty() {
                    return Err(Stop::Failure);
                }
                let len = self.buffer.chars().count();
                self.pointer -= isize::try_from(len).map_err(|_| Stop::Failure)? + 1;
                self.buffer.clear();
                self.state = State::Host;
                Ok(())
            }
            Some(c) => {
                self.buffer.push(c);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What stands before an `@`; an earlier `@` turns out to belong to it.
    fn take_credentials(&mut self) {
        let text = std::mem::take(&mut self.buffer);
        let text = if self.at_sign_seen {
            format!("%40{text}")
        } else {
            text
        };
        self.at_sign_seen = true;
        for c in text.chars() {
            if c == ':' && !self.password_token_seen {
                self.password_token_seen = true;
                continue;
            }
            let part = if self.password_token_seen {
                &mut self.url.password
            } else {
                &mut self.url.username
            };
            push_encoded(part, c, EncodeSet::Userinfo);
        }
    }

    fn host(&mut self, c: Option<char>) -> Step {
        if self.override_state.is_some() && self.url.scheme == "file" {
            self.again_in(State::FileHost);
            return Ok(());
        }
        match c {
            Some(':') if !self.inside_brackets => {
                if self.buffer.is_empty() || self.override_state == Some(State::Hostname) {
                    return Err(Stop::Failure);
                }
                self.set_host_from_buffer()?;
                self.state = State::Port;
            }
            _ if self.ends_authority(c) => {
                if self.buffer.is_empty() {
                    let needed = self.override_state.is_some()
                        && (self.url.has_credentials() || self.url.port.is_some());
                    if needed || self.url.is_special() {
                        return Err(Stop::Failure);
                    }
                }
                self.pointer -= 1;
                self.set_host_from_buffer()?;
                self.state = State::PathStart;
                if self.override_state.is_some() {
                    return Err(Stop::Done);
                }
            }
            Some(c) => {
                match c {
                    '[' => self.inside_brackets = true,
                    ']' => self.inside_brackets = false,
                    _ => {}
                }
                self.buffer.push(c);
            }
            None => {}
        }
        Ok(())
    }

    fn set_host_from_buffer(&mut self) -> Step {
        let text = std::mem::take(&mut self.buffer);
        let host = host::parse(&text, !self.url.is_special()).ok_or(Stop::Failure)?;
        self.url.host = Some(host);
        Ok(())
    }

    fn port(&mut self, c: Option<char>) -> Step {
        match c {
            Some(c) if c.is_ascii_digit() => {
                self.buffer.push(c);
                Ok(())
            }
            _ if self.ends_authority(c) || self.override_state.is_some() => {
                if !self.buffer.is_empty() {
                    let text = std::mem::take(&mut self.buffer);
                    let digits = text.trim_start_matches('0');
                    let port = if digits.is_empty() {
                        0
                    } else {
                        digits.parse().map_err(|_| Stop::Failure)?
                    };
                    self.url.port =
                        Some(port).filter(|_| default_port(&self.url.scheme) != Some(port));
                    if self.override_state.is_some() {
                        return Err(Stop::Done);
                    }
                }
                if self.override_state.is_some() {
                    return Err(Stop::Failure);
                }
                self.again_in(State::PathStart);
                Ok(())
            }
            _ => Err(Stop::Failure),
        }
    }

    fn file(&mut self, c: Option<char>) -> Step {
        "file".clone_into(&mut self.url.scheme);
        self.url.host = Some(String::new());
        if matches!(c, Some('/' | '\\')) {
            self.state = State::FileSlash;
            return Ok(());
        }
        let Some(base) = self.base.filter(|base| base.scheme == "file") else {
            self.again_in(State::Path);
            return Ok(());
        };
        self.url.host.clone_from(&base.host);
        self.url.path.clone_from(&base.path);
        self.url.query.clone_from(&base.query);
        match c {
            Some('?') => self.start_query(),
            Some('#') => self.start_fragment(),
            None => {}
            Some(_) => {
                self.url.query = None;
                if starts_with_drive_letter(self.rest_from(0)) {
                    self.url.path = Path::List(Vec::new());
                } else {
                    self.shorten_path();
                }
                self.again_in(State::Path);
            }
        }
        Ok(())
    }

    fn file_slash(&mut self, c: Option<char>) -> Step {
        if matches!(c, Some('/' | '\\')) {
            self.state = State::FileHost;
            return Ok(());
        }
        if let Some(base) = self.base.filter(|base| base.scheme == "file") {
            self.url.host.clone_from(&base.host);
            if !starts_with_drive_letter(self.rest_from(0))
                && let (Path::List(own), Path::List(theirs)) = (&mut self.url.path, &base.path)
                && let Some(drive) = theirs
                    .first()
                    .filter(|segment| is_normalized_drive_letter(segment))
            {
                own.push(drive.clone());
            }
        }
        self.again_in(State::Path);
        Ok(())
    }

    fn file_host(&mut self, c: Option<char>) -> Step {
        if let Some(c) = c.filter(|c| !matches!(c, '/' | '\\' | '?' | '#')) {
            self.buffer.push(c);
            return Ok(());
        }
        self.pointer -= 1;
        if self.override_state.is_none() && is_drive_letter(&self.buffer) {
            // It was no host: the buffer goes on as the first segment of the path.
            self.state = State::Path;
            return Ok(());
        }
        if self.buffer.is_empty() {
            self.url.host = Some(String::new());
        } else {
            self.set_host_from_buffer()?;
            if self.url.host.as_deref() == Some("localhost") {
                self.url.host = Some(String::new());
            }
        }
        if self.override_state.is_some() {
            return Err(Stop::Done);
        }
        self.state = State::PathStart;
        Ok(())
    }

    fn path_start(&mut self, c: Option<char>) -> Step {
        if self.url.is_special() {
            self.state = State::Path;
            if !matches!(c, Some('/' | '\\')) {
                self.pointer -= 1;
            }
            return Ok(());
        }
        match c {
            Some('?') if self.override_state.is_none() => self.start_query(),
            Some('#') if self.override_state.is_none() => self.start_fragment(),
            Some('/') => self.state = State::Path,
            Some(_) => self.again_in(State::Path),
            None if self.override_state.is_some() && self.url.host.is_none() => {
                self.push_segment(String::new())
            }
            None => {}
        }
        Ok(())
    }

    fn path(&mut self, c: Option<char>) -> Step {
        let at_query = self.override_state.is_none() && matches!(c, Some('?' | '#'));
        let slash = self.is_slash(c);
        let Some(plain) = c.filter(|_| !slash && !at_query) else {
            self.end_segment(slash);
            match c {
                Some('?') if at_query => self.start_query(),
                Some('#') if at_query => self.start_fragment(),
                _ => {}
            }
            return Ok(());
        };
        push_encoded(&mut self.buffer, plain, EncodeSet::Path);
        Ok(())
    }

    fn end_segment(&mut self, slash: bool) {
        let mut segment = std::mem::take(&mut self.buffer);
        if is_double_dot(&segment) {
            self.shorten_path();
            if !slash {
                self.push_segment(String::new());
            }
        } else if is_single_dot(&segment) {
            if !slash {
                self.push_segment(String::new());
            }
        } else {
            let first = matches!(&self.url.path, Path::List(segments) if segments.is_empty());
            if self.url.scheme == "file" && first && is_drive_letter(&segment) {
                segment = segment.replace('|', ":");
            }
            self.push_segment(segment);
        }
    }

    fn push_segment(&mut self, segment: String) {
        if let Path::List(segments) = &mut self.url.path {
            segments.push(segment);
        }
    }

    /// <https://url.spec.whatwg.org/#shorten-a-urls-path>
    fn shorten_path(&mut self) {
        if let Path::List(segments) = &mut self.url.path {
            let drive = matches!(segments.as_slice(), [only] if is_normalized_drive_letter(only));
            if !(drive && self.url.scheme == "file") {
                segments.pop();
            }
        }
    }

    fn opaque_path(&mut self, c: Option<char>) -> Step {
        match c {
            Some('?') => self.start_query(),
            Some('#') => self.start_fragment(),
            Some(c) => {
                let before_end = matches!(self.char_at(1), Some('?' | '#'));
                if let Path::Opaque(path) = &mut self.url.path {
                    match c {
                        // A space at the end of the path would be lost when the URL is parsed again.
                        ' ' if before_end => path.push_str("%20"),
                        ' ' => path.push(' '),
                        _ => push_encoded(path, c, EncodeSet::Control),
                    }
                }
            }
            None => {}
        }
        Ok(())
    }

    fn query(&mut self, c: Option<char>) -> Step {
        let ends = self.override_state.is_none() && c == Some('#') || c.is_none();
        if let Some(c) = c.filter(|_| !ends) {
            self.buffer.push(c);
            return Ok(());
        }
        let set = if self.url.is_special() {
            EncodeSet::SpecialQuery
        } else {
            EncodeSet::Query
        };
        let text = std::mem::take(&mut self.buffer);
        push_all_encoded(self.url.query.get_or_insert_default(), &text, set);
        if c == Some('#') {
            self.start_fragment();
        }
        Ok(())
    }

    fn fragment(&mut self, c: Option<char>) -> Step {
        if let Some(c) = c {
            push_encoded(
                self.url.fragment.get_or_insert_default(),
                c,
                EncodeSet::Fragment,
            );
        }
        Ok(())
    }
}

fn is_single_dot(segment: &str) -> bool {
    segment == "." || segment.eq_ignore_ascii_case("%2e")
}

fn is_double_dot(segment: &str) -> bool {
    let names = ["..", ".%2e", "%2e.", "%2e%2e"];
    names.iter().any(|name| segment.eq_ignore_ascii_case(name))
}

/// A letter and `:` or `|`.
fn is_drive_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic())
}

fn is_normalized_drive_letter(text: &str) -> bool {
    is_drive_letter(text) && text.ends_with(':')
}

/// <https://url.spec.whatwg.org/#start-with-a-windows-drive-letter>
fn starts_with_drive_letter(text: &[char]) -> bool {
    match text {
        [letter, ':' | '|', rest @ ..] if letter.is_ascii_alphabetic() => {
            matches!(rest.first(), None | Some('/' | '\\' | '?' | '#'))
        }
        _ => false,
    }
}
