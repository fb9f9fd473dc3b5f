//! Writing the head of a message: checks names and values and settles how the message is framed and whether the
//! connection lives on.
//!
//! No JavaScript here: the caller feeds headers one by one ([`HeadWriter::header`]) and gets the bytes from
//! [`HeadWriter::finish`]. What the program set wins; what it left open is decided by Node's rules
//! (<https://nodejs.org/docs/latest-v24.x/api/http.html#outgoingmessagesetheadername-value>) over RFC 9112 section 6.

use std::cell::RefCell;
use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use super::parser::{is_token, is_value_byte};

/// What the message's object says about framing and keep-alive.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plan {
    /// Add a `Date` header.
    pub send_date: bool,
    /// The connection may be used again.
    pub should_keep_alive: bool,
    /// The peer understands chunked coding.
    pub chunked_by_default: bool,
    /// The message may have a body.
    pub has_body: bool,
    /// The program removed the `Connection` header.
    pub removed_connection: bool,
    /// The program removed `Content-Length`.
    pub removed_length: bool,
    /// The program removed `Transfer-Encoding`.
    pub removed_transfer_encoding: bool,
    /// The connection has served as many requests as it may.
    pub last_request: bool,
    /// An agent looks after the connection.
    pub has_agent: bool,
    /// The status (204, 304) rules out chunked coding.
    pub no_chunked_status: bool,
    /// The length of the body, if it is known.
    pub content_length: Option<u64>,
    /// What `Keep-Alive: timeout=` says, in seconds; 0 leaves it out.
    pub keep_alive_timeout_s: u32,
    /// What `max=` says; 0 leaves it out.
    pub max_requests: u32,
}

/// What was decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decision {
    /// The connection ends after this message.
    pub last: bool,
    /// The body is chunked.
    pub chunked: bool,
    /// The program's own `Content-Length`.
    pub content_length: Option<u64>,
    /// There is an `Expect` header.
    pub expect: bool,
    /// There is a `Trailer` header.
    pub trailer: bool,
    /// Keep-alive is off after all.
    pub no_keep_alive: bool,
}

/// Builds one head.
#[derive(Debug)]
pub struct HeadWriter<'a> {
    out: &'a mut Vec<u8>,
    decision: Decision,
    connection: Option<Connection>,
    has_length: bool,
    has_transfer_encoding: bool,
    has_date: bool,
    has_keep_alive: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Connection {
    Close,
    Other,
}

impl<'a> HeadWriter<'a> {
    /// Begins with the first line, which ends in CRLF. `out` is cleared.
    pub fn new(out: &'a mut Vec<u8>, first_line: &[u8]) -> Self {
        out.clear();
        out.extend_from_slice(first_line);
        HeadWriter {
            out,
            decision: Decision::default(),
            connection: None,
            has_length: false,
            has_transfer_encoding: false,
            has_date: false,
            has_keep_alive: false,
        }
    }

    /// Adds a header; `false` when the name or the value can't be sent.
    #[must_use]
    pub fn header(&mut self, name: &[u8], value: &[u8]) -> bool {
        if !is_valid_name(name) || !is_valid_value(value) {
            return false;
        }
        self.out.extend_from_slice(name);
        self.out.extend_from_slice(b": ");
        self.out.extend_from_slice(value);
        self.out.extend_from_slice(b"\r\n");
        self.note(name, value);
        true
    }

    /// Remembers what a header says about the message.
    fn note(&mut self, name: &[u8], value: &[u8]) {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        match name.len() {
            4 if is(b"date") => self.has_date = true,
            6 if is(b"expect") => self.decision.expect = true,
            7 if is(b"trailer") => self.decision.trailer = true,
            10 if is(b"connection") => {
                let close = contains_word(value, b"close");
                self.connection = Some(if close {
                    Connection::Close
                } else {
                    Connection::Other
                });
            }
            10 if is(b"keep-alive") => self.has_keep_alive = true,
            14 if is(b"content-length") => {
                self.has_length = true;
                self.decision.content_length = std::str::from_utf8(value)
                    .ok()
                    .and_then(|text| text.trim().parse().ok());
            }
            17 if is(b"transfer-encoding") => {
                self.has_transfer_encoding = true;
                self.decision.chunked |= contains_word(value, b"chunked");
            }
            _ => {}
        }
    }

    /// Adds what the program left open and the empty line.
    pub fn finish(mut self, plan: &Plan) -> Decision {
        let mut should_keep_alive = plan.should_keep_alive;
        if plan.send_date && !self.has_date {
            with_date(|date| {
                self.out.extend_from_slice(b"Date: ");
                self.out.extend_from_slice(date);
                self.out.extend_from_slice(b"\r\n");
            });
        }
        if plan.no_chunked_status && self.decision.chunked {
            // A chunked body after 204 or 304 would be taken for the next response.
            self.decision.chunked = false;
            should_keep_alive = false;
            self.decision.no_keep_alive = true;
        }
        self.settle_connection(plan, should_keep_alive);
        self.settle_body(plan);
        self.out.extend_from_slice(b"\r\n");
        self.decision
    }

    fn settle_connection(&mut self, plan: &Plan, should_keep_alive: bool) {
        match self.connection {
            Some(Connection::Close) => {
                self.decision.last = true;
                return;
            }
            Some(Connection::Other) => return,
            None => {}
        }
        if plan.removed_connection {
            self.decision.last = !should_keep_alive;
            return;
        }
        let has_end = self.has_length || plan.chunked_by_default || plan.has_agent;
        if !should_keep_alive || !has_end {
            self.decision.last = true;
            self.out.extend_from_slice(b"Connection: close\r\n");
        } else if plan.last_request {
            self.out.extend_from_slice(b"Connection: close\r\n");
        } else {
            self.out.extend_from_slice(b"Connection: keep-alive\r\n");
            if plan.keep_alive_timeout_s > 0 && !self.has_keep_alive {
                let timeout = plan.keep_alive_timeout_s;
                // Writing to a Vec can't fail.
                let _ = match plan.max_requests {
                    0 => write!(self.out, "Keep-Alive: timeout={timeout}\r\n"),
                    max => write!(self.out, "Keep-Alive: timeout={timeout}, max={max}\r\n"),
                };
            }
        }
    }

    fn settle_body(&mut self, plan: &Plan) {
        if self.has_length || self.has_transfer_encoding {
            return;
        }
        if !plan.has_body {
            self.decision.chunked = false;
        } else if !plan.chunked_by_default {
            self.decision.last = true;
        } else if let (Some(length), false, false) = (
            plan.content_length,
            plan.removed_length,
            self.decision.trailer,
        ) {
            let _ = write!(self.out, "Content-Length: {length}\r\n");
        } else if !plan.removed_transfer_encoding {
            self.out
                .extend_from_slice(b"Transfer-Encoding: chunked\r\n");
            self.decision.chunked = true;
        } else {
            // Nothing says where the body ends but the end of the connection.
            self.decision.last = true;
        }
    }
}

/// Whether a header may have this name.
pub fn is_valid_name(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|&byte| is_token(byte))
}

/// Whether a header may have this value (as Latin-1).
pub fn is_valid_value(value: &[u8]) -> bool {
    value.iter().all(|&byte| is_value_byte(byte))
}

/// Whether `word` stands in `text`, in any case, not as part of a longer word.
fn contains_word(text: &[u8], word: &[u8]) -> bool {
    let is_word_byte =
        |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    text.windows(word.len()).enumerate().any(|(at, window)| {
        window.eq_ignore_ascii_case(word)
            && !is_word_byte(at.checked_sub(1).and_then(|before| text.get(before)))
            && !is_word_byte(text.get(at + word.len()))
    })
}

thread_local! {
    /// The current second and how it is written.
    static DATE: RefCell<(u64, Vec<u8>)> = const { RefCell::new((u64::MAX, Vec::new())) };
}

/// Lends the `Date` of now (RFC 9110 section 5.6.7), which is written once a second.
fn with_date(f: impl FnOnce(&[u8])) {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs());
    DATE.with_borrow_mut(|(second, text)| {
        if *second != now {
            *second = now;
            *text = format_date(now).into_bytes();
        }
        f(text);
    });
}

/// Seconds since 1970 as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn format_date(unix_s: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let days = unix_s / 86_400;
    let (hour, minute, second) = (unix_s / 3600 % 24, unix_s / 60 % 60, unix_s % 60);
    let (year, month, day) = civil_from_days(days);
    let weekday = DAYS.get((days % 7) as usize).copied().unwrap_or("Thu");
    let month = MONTHS.get(month - 1).copied().unwrap_or("Jan");
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// The Gregorian date of a day counted from 1970-01-01: year, month 1-12, day 1-31.
fn civil_from_days(days: u64) -> (u64, usize, u64) {
    // Years are taken to begin in March, so that the leap day is the last of its year.
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month as usize, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESPONSE: Plan = Plan {
        send_date: false,
        should_keep_alive: true,
        chunked_by_default: true,
        has_body: true,
        removed_connection: false,
        removed_length: false,
        removed_transfer_encoding: false,
        last_request: false,
        has_agent: false,
        no_chunked_status: false,
        content_length: None,
        keep_alive_timeout_s: 5,
        max_requests: 0,
    };

    #[track_caller]
    fn check(plan: &Plan, headers: &[(&str, &str)], expected: &str, decision: Decision) {
        let mut out = Vec::new();
        let mut writer = HeadWriter::new(&mut out, b"");
        for (name, value) in headers {
            assert!(writer.header(name.as_bytes(), value.as_bytes()));
        }
        assert_eq!(writer.finish(plan), decision);
        assert_eq!(String::from_utf8_lossy(&out).replace("\r\n", "|"), expected);
    }

    #[test]
    fn framing_is_added() {
        let keep = "Connection: keep-alive|Keep-Alive: timeout=5|";
        let chunked = Decision {
            chunked: true,
            ..Decision::default()
        };
        check(
            &RESPONSE,
            &[],
            &format!("{keep}Transfer-Encoding: chunked||"),
            chunked,
        );
        let known = Plan {
            content_length: Some(3),
            ..RESPONSE
        };
        check(
            &known,
            &[("A", "b")],
            &format!("A: b|{keep}Content-Length: 3||"),
            Decision::default(),
        );
        let own = Decision {
            content_length: Some(9),
            ..Decision::default()
        };
        check(
            &RESPONSE,
            &[("content-length", "9")],
            &format!("content-length: 9|{keep}|"),
            own,
        );
        let none = Plan {
            has_body: false,
            ..RESPONSE
        };
        check(&none, &[], &format!("{keep}|"), Decision::default());
        let last = Decision {
            last: true,
            ..Decision::default()
        };
        let old = Plan {
            chunked_by_default: false,
            should_keep_alive: false,
            ..RESPONSE
        };
        check(&old, &[], "Connection: close||", last);
        let closing = Plan {
            content_length: Some(0),
            ..RESPONSE
        };
        check(
            &closing,
            &[("Connection", "close")],
            "Connection: close|Content-Length: 0||",
            last,
        );
    }

    #[test]
    fn a_bodiless_status_takes_no_chunks() {
        let plan = Plan {
            no_chunked_status: true,
            has_body: false,
            ..RESPONSE
        };
        let decision = Decision {
            last: true,
            no_keep_alive: true,
            ..Decision::default()
        };
        check(
            &plan,
            &[("Transfer-Encoding", "chunked")],
            "Transfer-Encoding: chunked|Connection: close||",
            decision,
        );
    }

    #[test]
    fn what_would_split_the_head_is_refused() {
        let mut out = Vec::new();
        let mut writer = HeadWriter::new(&mut out, b"");
        for (name, value) in [
            ("", "a"),
            ("a b", "c"),
            ("a", "b\r\nc"),
            ("a", "b\0"),
            ("a\n", "b"),
            ("a:", "b"),
        ] {
            assert!(
                !writer.header(name.as_bytes(), value.as_bytes()),
                "{name:?}: {value:?}"
            );
        }
        assert!(writer.header(b"a", "\u{e9}".as_bytes()));
    }

    #[test]
    fn dates() {
        assert_eq!(format_date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(format_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(format_date(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
    }

    #[test]
    fn words_are_whole() {
        assert!(contains_word(b"keep-alive, Close", b"close"));
        assert!(!contains_word(b"closed", b"close"));
    }
}
