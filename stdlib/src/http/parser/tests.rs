//! Parser tests: what a stream means, what is refused, and that neither depends on how the stream is cut.

use super::*;

/// Everything a stream led to, in order, readable; body pieces that follow each other are joined.
fn events(kind: Kind, limits: Limits, pieces: &[&[u8]]) -> Vec<String> {
    let mut parser = Parser::new(kind, limits);
    let mut log: Vec<String> = Vec::new();
    for piece in pieces {
        let mut pos = 0;
        loop {
            let rest = &piece[pos..];
            match parser.next(rest) {
                Ok((taken, event)) => {
                    match event {
                        Event::NeedInput => {
                            assert_eq!(taken, rest.len());
                            break;
                        }
                        Event::Head => log.push(describe(parser.head())),
                        Event::Body(range) => push_body(&mut log, &rest[range]),
                        Event::End if parser.trailers().is_empty() => log.push("end".into()),
                        Event::End => log.push(format!("end {}", text(parser.trailers()))),
                        Event::Upgrade => {
                            log.push("upgrade".into());
                            return log;
                        }
                    }
                    pos += taken;
                }
                Err(error) => {
                    log.push(format!("{}: {}", error.code, error.reason));
                    return log;
                }
            }
        }
    }
    log
}

fn push_body(log: &mut Vec<String>, bytes: &[u8]) {
    match log.last_mut() {
        Some(last) if last.starts_with("body ") => last.push_str(&text(bytes)),
        _ => log.push(format!("body {}", text(bytes))),
    }
}

fn describe(head: &Head) -> String {
    let start = match head.method {
        Some(method) => method.name().to_owned(),
        None => head.status.to_string(),
    };
    let mut line = format!(
        "{start} {} {}.{}",
        text(&head.target),
        head.major,
        head.minor
    );
    for (flag, name) in [
        (head.keep_alive, "keep"),
        (head.upgrade, "upgrade"),
        (head.has_body, "body"),
    ] {
        if flag {
            line.push(' ');
            line.push_str(name);
        }
    }
    if head.n_pairs > 0 {
        line.push_str(&format!(" [{}]", text(&head.headers)));
    }
    line
}

fn text(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|&byte| if byte == b'\n' { '|' } else { char::from(byte) })
        .collect()
}

const STRICT: Limits = Limits {
    max_head_bytes: 16384,
    max_header_pairs: 2000,
    lenient: false,
};
const LENIENT: Limits = Limits {
    lenient: true,
    ..STRICT
};

#[track_caller]
fn check(kind: Kind, limits: Limits, stream: &[u8], expected: &[&str]) {
    assert_eq!(
        events(kind, limits, &[stream]),
        expected,
        "{:?}",
        text(stream)
    );
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(
        events(kind, limits, &bytes),
        expected,
        "byte by byte: {:?}",
        text(stream)
    );
}

#[track_caller]
fn request(stream: &str, expected: &[&str]) {
    check(Kind::Request, STRICT, stream.as_bytes(), expected);
}

#[track_caller]
fn response(stream: &str, expected: &[&str]) {
    check(Kind::Response, STRICT, stream.as_bytes(), expected);
}

/// A request that is refused, with the events before the error.
#[track_caller]
fn refused(stream: &str, error: &str) {
    let log = events(Kind::Request, STRICT, &[stream.as_bytes()]);
    assert_eq!(
        log.last().map(String::as_str),
        Some(error),
        "{stream:?}: {log:?}"
    );
    check(
        Kind::Request,
        STRICT,
        stream.as_bytes(),
        &log.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

const GET: &str = "GET / HTTP/1.1\r\n";
const CHUNKED: &str = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
const CHUNKED_HEAD: &str = "POST / 1.1 keep body [Transfer-Encoding|chunked|]";

#[test]
fn requests() {
    request(&format!("{GET}\r\n"), &["GET / 1.1 keep", "end"]);
    request(
        &format!("\r\n\r\n{GET}A:b\r\nC:  d  \r\nE:\r\n\r\n"),
        &["GET / 1.1 keep [A|b|C|d|E||]", "end"],
    );
    request(
        &format!("{GET}\r\n{GET}Connection: close\r\n\r\n"),
        &[
            "GET / 1.1 keep",
            "end",
            "GET / 1.1 [Connection|close|]",
            "end",
        ],
    );
    request(
        "GET /a?b#c HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
        &["GET /a?b#c 1.0 keep [Connection|Keep-Alive|]", "end"],
    );
    request(
        "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\r\n",
        &[
            "POST / 1.1 keep body [Content-Length|3|]",
            "body abc",
            "end",
            "GET / 1.1 keep",
            "end",
        ],
    );
    request(
        "GET http://a.b:1/c HTTP/1.1\r\n\r\n",
        &["GET http://a.b:1/c 1.1 keep", "end"],
    );
    request("GET /\r\n\r\n", &["GET / 0.9", "end"]);
}

#[test]
fn upgrades_hand_over_the_rest() {
    request(
        "CONNECT a.b:80 HTTP/1.1\r\n\r\nxyz",
        &["CONNECT a.b:80 1.1 keep upgrade", "end", "upgrade"],
    );
    request(
        "GET / HTTP/1.1\r\nConnection: a, Upgrade\r\nUpgrade: b\r\n\r\nxyz",
        &[
            "GET / 1.1 keep upgrade [Connection|a, Upgrade|Upgrade|b|]",
            "end",
            "upgrade",
        ],
    );
    request(
        "POST / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 3\r\n\r\nabcdef",
        &[
            "POST / 1.1 keep upgrade body [Connection|upgrade|Upgrade|x|Content-Length|3|]",
            "body abc",
            "end",
            "upgrade",
        ],
    );
    request(
        "GET / HTTP/1.1\r\nUpgrade: b\r\n\r\n",
        &["GET / 1.1 keep [Upgrade|b|]", "end"],
    );
}

#[test]
fn chunked_bodies() {
    request(
        &format!("{CHUNKED}3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"),
        &[CHUNKED_HEAD, "body abc0123456789", "end"],
    );
    request(
        &format!("{CHUNKED}1;a=b;c=\"d\\\" e\"\r\nx\r\n0\r\nT: v\r\nContent-Length: 9\r\n\r\n"),
        &[CHUNKED_HEAD, "body x", "end T|v|Content-Length|9|"],
    );
    for (chunk, error) in [
        (
            "x",
            "HPE_INVALID_CHUNK_SIZE: Invalid character in chunk size",
        ),
        (
            "\r\n",
            "HPE_INVALID_CHUNK_SIZE: Invalid character in chunk size",
        ),
        (
            "-3",
            "HPE_INVALID_CHUNK_SIZE: Invalid character in chunk size",
        ),
        (
            "0x3",
            "HPE_INVALID_CHUNK_SIZE: Invalid character in chunk size",
        ),
        (
            "3 \r\n",
            "HPE_INVALID_CHUNK_SIZE: Invalid character in chunk size",
        ),
        (
            "10000000000000000",
            "HPE_INVALID_CHUNK_SIZE: Chunk size overflow",
        ),
        (
            "3\nabc",
            "HPE_CR_EXPECTED: Missing expected CR after chunk size",
        ),
        ("3\rabc", "HPE_STRICT: Expected LF after chunk size"),
        ("3\r\nabcd", "HPE_STRICT: Expected LF after chunk data"),
        (
            "3\r\nabc\n",
            "HPE_CR_EXPECTED: Missing expected CR after chunk data",
        ),
        ("3\r\nabc\rX", "HPE_STRICT: Expected LF after chunk data"),
        (
            "3;\r\n",
            "HPE_STRICT: Invalid character in chunk extensions",
        ),
        (
            "3;a\0\r\n",
            "HPE_STRICT: Invalid character in chunk extensions",
        ),
        (
            "0\r\nBad Trailer\r\n",
            "HPE_INVALID_HEADER_TOKEN: Invalid header token",
        ),
    ] {
        refused(&format!("{CHUNKED}{chunk}"), error);
    }
    let extension = "a".repeat(17_000);
    refused(
        &format!("{CHUNKED}1;{extension}"),
        "HPE_CHUNK_EXTENSIONS_OVERFLOW: Chunk extensions overflow",
    );
}

#[test]
fn framing_that_could_smuggle_is_refused() {
    const BOTH: &str =
        "HPE_INVALID_TRANSFER_ENCODING: Transfer-Encoding can't be present with Content-Length";
    const AFTER: &str =
        "HPE_INVALID_CONTENT_LENGTH: Content-Length can't be present with Transfer-Encoding";
    const LENGTH: &str = "HPE_INVALID_CONTENT_LENGTH: Invalid character in Content-Length";
    const CODING: &str = "HPE_INVALID_TRANSFER_ENCODING: Invalid `Transfer-Encoding` header value";
    const REQUEST: &str = "HPE_INVALID_TRANSFER_ENCODING: Request has invalid `Transfer-Encoding`";
    for (headers, error) in [
        (
            "Content-Length: 1\r\nContent-Length: 1",
            "HPE_UNEXPECTED_CONTENT_LENGTH: Duplicate Content-Length",
        ),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked", BOTH),
        ("Transfer-Encoding: chunked\r\nContent-Length: 1", AFTER),
        ("Content-Length: a", LENGTH),
        ("Content-Length: +1", LENGTH),
        ("Content-Length: -1", LENGTH),
        ("Content-Length: 1 2", LENGTH),
        ("Content-Length: 1, 1", LENGTH),
        ("Content-Length: 0x1", LENGTH),
        (
            "Content-Length:",
            "HPE_INVALID_CONTENT_LENGTH: Empty Content-Length",
        ),
        (
            "Content-Length: 18446744073709551616",
            "HPE_INVALID_CONTENT_LENGTH: Content-Length overflow",
        ),
        ("Transfer-Encoding: chunked, gzip", CODING),
        ("Transfer-Encoding: chunked,chunked", CODING),
        (
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip",
            CODING,
        ),
        ("Transfer-Encoding: identity", REQUEST),
        ("Transfer-Encoding: xchunked", REQUEST),
        ("Transfer-Encoding:", REQUEST),
    ] {
        refused(&format!("POST / HTTP/1.1\r\n{headers}\r\n\r\n"), error);
    }
}

#[test]
fn malformed_lines_are_refused() {
    const TOKEN: &str = "HPE_INVALID_HEADER_TOKEN: Invalid header token";
    const VALUE: &str = "HPE_INVALID_HEADER_TOKEN: Invalid header value char";
    const URL: &str = "HPE_INVALID_URL: Invalid char in url path";
    const METHOD: &str = "HPE_INVALID_METHOD: Invalid method encountered";
    for (stream, error) in [
        ("BAD / HTTP/1.1\r\n\r\n", METHOD),
        ("get / HTTP/1.1\r\n\r\n", METHOD),
        (" GET / HTTP/1.1\r\n\r\n", METHOD),
        (
            "GET\t/ HTTP/1.1\r\n\r\n",
            "HPE_INVALID_METHOD: Expected space after method",
        ),
        (
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "HPE_PAUSED_H2_UPGRADE: Pause on PRI/Upgrade",
        ),
        (
            "GET / FOO/1.1\r\n",
            "HPE_INVALID_CONSTANT: Expected HTTP/, RTSP/ or ICE/",
        ),
        (
            "GET / HTTP/1.5\r\n",
            "HPE_INVALID_VERSION: Invalid HTTP version",
        ),
        (
            "GET / HTTP/1.1 \r\n",
            "HPE_INVALID_VERSION: Expected CRLF after version",
        ),
        (
            "GET / HTTP/1.1\n",
            "HPE_INVALID_VERSION: Expected CRLF after version",
        ),
        (
            "GET / HTTP/1.1\rX",
            "HPE_STRICT: Expected CRLF after version",
        ),
        ("GET / HTTP/11", "HPE_INVALID_VERSION: Expected dot"),
        ("GET \r\n", "HPE_INVALID_URL: Invalid characters in url"),
        (
            "GET foo HTTP/1.1\r\n",
            "HPE_INVALID_URL: Invalid characters in url",
        ),
        (
            "GET ?q HTTP/1.1\r\n",
            "HPE_INVALID_URL: Unexpected start char in url",
        ),
        (
            "GET http:/a HTTP/1.1\r\n",
            "HPE_INVALID_URL: Unexpected char in url schema",
        ),
        (
            "GET http://a^b HTTP/1.1\r\n",
            "HPE_INVALID_URL: Unexpected char in url server",
        ),
        ("GET /\x01 HTTP/1.1\r\n", URL),
        ("GET /é HTTP/1.1\r\n", URL),
        (
            "GET / HTTP/1.1\r\n A: b\r\n",
            "HPE_UNEXPECTED_SPACE: Unexpected space after start line",
        ),
        ("GET / HTTP/1.1\r\nA : b\r\n", TOKEN),
        ("GET / HTTP/1.1\r\nA\r\n", TOKEN),
        ("GET / HTTP/1.1\r\n: b\r\n", TOKEN),
        ("GET / HTTP/1.1\r\nA\0: b\r\n", TOKEN),
        (
            "GET / HTTP/1.1\r\nA: b\r\n c\r\n",
            "HPE_INVALID_HEADER_TOKEN: Unexpected whitespace after header value",
        ),
        (
            "GET / HTTP/1.1\r\nA: b\rC: d\r\n",
            "HPE_LF_EXPECTED: Missing expected LF after header value",
        ),
        (
            "GET / HTTP/1.1\r\nA: b\nC: d\r\n",
            "HPE_CR_EXPECTED: Missing expected CR after header value",
        ),
        (
            "GET / HTTP/1.1\r\nA: b\r\n\n",
            "HPE_INVALID_HEADER_TOKEN: Invalid header field char",
        ),
        (
            "GET / HTTP/1.1\r\nA: b\r\n\rX",
            "HPE_STRICT: Expected LF after headers",
        ),
        ("GET / HTTP/1.1\r\nA: b\0c\r\n", VALUE),
        ("GET / HTTP/1.1\r\nA: b\x7f\r\n", VALUE),
        (
            "GET / HTTP/1.0\r\n\r\nGET",
            "HPE_CLOSED_CONNECTION: Data after `Connection: close`",
        ),
    ] {
        refused(stream, error);
    }
}

#[test]
fn responses() {
    response(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 204 No\r\n\r\n",
        &[
            "200 OK 1.1 keep body [Content-Length|2|]",
            "body ab",
            "end",
            "204 No 1.1 keep",
            "end",
        ],
    );
    response(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\n\r\nabc",
        &["100 Continue 1.1 keep", "end", "200  1.1 body", "body abc"],
    );
    response(
        "HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nxyz",
        &[
            "101 S 1.1 keep upgrade [Connection|upgrade|Upgrade|x|]",
            "end",
            "upgrade",
        ],
    );
    response(
        "HTTP/1.1 304 N\r\nContent-Length: 5\r\n\r\n",
        &["304 N 1.1 keep [Content-Length|5|]", "end"],
    );
    response(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nxyz",
        &[
            "200 OK 1.1 body [Transfer-Encoding|chunked, gzip|]",
            "body xyz",
        ],
    );
    response(
        "HTTP/1.1 20 OK\r\n",
        &["HPE_INVALID_STATUS: Invalid status code"],
    );
    response(
        "HTTP/1.1 200OK\r\n",
        &["HPE_INVALID_STATUS: Invalid response status"],
    );
    response(
        "HTTP/1.1 200 OK\n\n",
        &["HPE_CR_EXPECTED: Missing expected CR after response line"],
    );
    response(
        "FOO",
        &["HPE_INVALID_CONSTANT: Expected HTTP/, RTSP/ or ICE/"],
    );
}

#[test]
fn lenient_accepts_what_the_insecure_parser_does() {
    let get = |headers: &str| format!("{GET}{headers}\r\n");
    for (stream, head) in [
        (get("A: b\r\n c\r\n"), "GET / 1.1 keep [A|b c|]"),
        (get("A: b\x01c\0\r\n"), "GET / 1.1 keep [A|b\x01c\0|]"),
        (get(" A: b\r\n"), "GET / 1.1 keep [A|b|]"),
        (format!("{GET}A: b\nC: d\n\n"), "GET / 1.1 keep [A|b|C|d|]"),
        ("GET / HTTP/2.5\r\n\r\n".to_owned(), "GET / 2.5 keep"),
    ] {
        check(Kind::Request, LENIENT, stream.as_bytes(), &[head, "end"]);
    }
    let both = "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
    check(
        Kind::Request,
        LENIENT,
        both.as_bytes(),
        &[
            "POST / 1.1 keep body [Content-Length|1|Transfer-Encoding|chunked|]",
            "body a",
            "end",
        ],
    );
}

#[test]
fn limits() {
    let long = "a".repeat(16 * 1024);
    refused(
        &format!("{GET}X: {long}\r\n\r\n"),
        "HPE_HEADER_OVERFLOW: Header overflow",
    );
    refused(
        &format!("GET /{long} HTTP/1.1\r\n\r\n"),
        "HPE_HEADER_OVERFLOW: Header overflow",
    );
    let few = Limits {
        max_header_pairs: 1,
        ..STRICT
    };
    check(
        Kind::Request,
        few,
        b"GET / HTTP/1.1\r\nA: b\r\nContent-Length: 1\r\n\r\nx",
        &["GET / 1.1 keep body [A|b|]", "body x", "end"],
    );
}

#[test]
fn finish_tells_whether_the_stream_was_whole() {
    let finish = |kind, stream: &[u8]| {
        let mut parser = Parser::new(kind, STRICT);
        let mut pos = 0;
        loop {
            match parser.next(&stream[pos..]) {
                Ok((taken, Event::NeedInput)) => {
                    assert_eq!(taken, stream.len() - pos);
                    return parser.finish();
                }
                Ok((taken, _)) => pos += taken,
                Err(error) => return Err(error),
            }
        }
    };
    let eof = Err(error::EOF_STATE.at(0));
    assert_eq!(finish(Kind::Request, b""), Ok(None));
    assert_eq!(finish(Kind::Request, b"GET / HTTP/1.1\r\n\r\n"), Ok(None));
    assert_eq!(finish(Kind::Request, b"G"), eof);
    assert_eq!(
        finish(
            Kind::Request,
            b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab"
        ),
        eof
    );
    assert_eq!(
        finish(Kind::Response, b"HTTP/1.1 200 OK\r\n\r\nabc"),
        Ok(Some(Event::End))
    );
    assert_eq!(
        finish(
            Kind::Response,
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"
        ),
        eof
    );
}

/// A small generator (xorshift), so that a failure can be repeated from its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

#[test]
fn random_splits_give_the_same_events() {
    let stream = format!(
        "{GET}Host: a\r\nAccept: */*\r\n\r\n{CHUNKED}3;x=\"y\"\r\nabc\r\n0\r\nT: v\r\n\r\n\
         POST /p?q HTTP/1.1\r\nContent-Length: 5\r\nX:\r\n\r\nhello{GET}Connection: close\r\n\r\n"
    );
    let whole = events(Kind::Request, STRICT, &[stream.as_bytes()]);
    assert_eq!(whole.len(), 10);
    for seed in 1..500 {
        let mut random = Random(seed);
        let mut rest = stream.as_bytes();
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(1 + random.below(rest.len().min(40)));
            pieces.push(piece);
            rest = tail;
        }
        assert_eq!(events(Kind::Request, STRICT, &pieces), whole, "seed {seed}");
    }
}

#[test]
fn random_bytes_never_panic() {
    let seeds: [&[u8]; 4] = [
        b"POST /a HTTP/1.1\r\nContent-Length: 4\r\nHost: x\r\n\r\nabcd",
        CHUNKED.as_bytes(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=\"b\"\r\nabcd\r\n0\r\nA: b\r\n\r\n",
        b"\r\n:;,\"\\ chunked 0fF HTTP/1.1",
    ];
    for seed in 1..4000u64 {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut bytes = seeds[random.below(seeds.len())].to_vec();
        for _ in 0..random.below(8) {
            let at = random.below(bytes.len());
            bytes[at] = random.below(256) as u8;
        }
        let kind = if seed % 2 == 0 {
            Kind::Request
        } else {
            Kind::Response
        };
        let limits = if seed % 3 == 0 { LENIENT } else { STRICT };
        let whole = events(kind, limits, &[&bytes]);
        let (left, right) = bytes.split_at(random.below(bytes.len()));
        assert_eq!(events(kind, limits, &[left, right]), whole, "seed {seed}");
    }
}
