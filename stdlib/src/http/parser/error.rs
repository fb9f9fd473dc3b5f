//! What can be wrong with an HTTP/1 message: one constant an error, each with the `HPE_*` code and the reason that Node
//! shows (`Parse Error: <reason>`).
//!
//! Source of the texts: what `err.code` and `err.reason` say for `'clientError'` and client `'error'` events in Node.

/// Why a message was refused, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseError {
    /// Node's `err.code`, such as `HPE_INVALID_METHOD`.
    pub code: &'static str,
    /// Node's `err.reason`; the message is `Parse Error: ` and this text.
    pub reason: &'static str,
    /// How many bytes of the input at hand were taken before the bad one (`err.bytesParsed`).
    pub offset: usize,
}

/// A kind of error before it has a place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault(&'static str, &'static str);

impl Fault {
    /// The error at `offset` bytes into the input.
    pub(super) const fn at(self, offset: usize) -> ParseError {
        ParseError {
            code: self.0,
            reason: self.1,
            offset,
        }
    }
}

macro_rules! faults {
    ($($name:ident: $code:literal, $reason:literal;)*) => {
        $(pub(super) const $name: Fault = Fault($code, $reason);)*
    };
}

faults! {
    INVALID_METHOD: "HPE_INVALID_METHOD", "Invalid method encountered";
    SPACE_AFTER_METHOD: "HPE_INVALID_METHOD", "Expected space after method";
    H2_PREFACE: "HPE_PAUSED_H2_UPGRADE", "Pause on PRI/Upgrade";
    URL_CHARACTERS: "HPE_INVALID_URL", "Invalid characters in url";
    URL_START: "HPE_INVALID_URL", "Unexpected start char in url";
    URL_SCHEMA: "HPE_INVALID_URL", "Unexpected char in url schema";
    URL_SERVER: "HPE_INVALID_URL", "Unexpected char in url server";
    URL_PATH: "HPE_INVALID_URL", "Invalid char in url path";
    URL_QUERY: "HPE_INVALID_URL", "Invalid char in url query";
    URL_FRAGMENT: "HPE_INVALID_URL", "Invalid char in url fragment start";
    EXPECTED_HTTP: "HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/";
    VERSION_MAJOR: "HPE_INVALID_VERSION", "Invalid major version";
    VERSION_DOT: "HPE_INVALID_VERSION", "Expected dot";
    VERSION_MINOR: "HPE_INVALID_VERSION", "Invalid minor version";
    VERSION: "HPE_INVALID_VERSION", "Invalid HTTP version";
    VERSION_CRLF: "HPE_INVALID_VERSION", "Expected CRLF after version";
    VERSION_LF: "HPE_STRICT", "Expected CRLF after version";
    VERSION_SPACE: "HPE_INVALID_VERSION", "Expected space after version";
    STATUS_CODE: "HPE_INVALID_STATUS", "Invalid status code";
    STATUS_END: "HPE_INVALID_STATUS", "Invalid response status";
    STATUS_CR: "HPE_CR_EXPECTED", "Missing expected CR after response line";
    STATUS_LF: "HPE_STRICT", "Expected LF after CR";
    SPACE_AFTER_START: "HPE_UNEXPECTED_SPACE", "Unexpected space after start line";
    HEADER_TOKEN: "HPE_INVALID_HEADER_TOKEN", "Invalid header token";
    HEADER_FIELD_CHAR: "HPE_INVALID_HEADER_TOKEN", "Invalid header field char";
    HEADER_VALUE_CHAR: "HPE_INVALID_HEADER_TOKEN", "Invalid header value char";
    HEADER_FOLD: "HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value";
    HEADER_CR: "HPE_CR_EXPECTED", "Missing expected CR after header value";
    HEADER_LF: "HPE_LF_EXPECTED", "Missing expected LF after header value";
    HEADERS_LF: "HPE_STRICT", "Expected LF after headers";
    HEADER_OVERFLOW: "HPE_HEADER_OVERFLOW", "Header overflow";
    LENGTH_CHAR: "HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length";
    LENGTH_EMPTY: "HPE_INVALID_CONTENT_LENGTH", "Empty Content-Length";
    LENGTH_OVERFLOW: "HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow";
    LENGTH_TWICE: "HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length";
    LENGTH_AFTER_TE: "HPE_INVALID_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding";
    TE_AFTER_LENGTH: "HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length";
    TE_VALUE: "HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value";
    TE_REQUEST: "HPE_INVALID_TRANSFER_ENCODING", "Request has invalid `Transfer-Encoding`";
    CHUNK_SIZE: "HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size";
    CHUNK_SIZE_OVERFLOW: "HPE_INVALID_CHUNK_SIZE", "Chunk size overflow";
    CHUNK_SIZE_CR: "HPE_CR_EXPECTED", "Missing expected CR after chunk size";
    CHUNK_SIZE_LF: "HPE_STRICT", "Expected LF after chunk size";
    CHUNK_EXTENSION: "HPE_STRICT", "Invalid character in chunk extensions";
    CHUNK_EXTENSIONS_OVERFLOW: "HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow";
    CHUNK_DATA_CR: "HPE_CR_EXPECTED", "Missing expected CR after chunk data";
    CHUNK_DATA_LF: "HPE_STRICT", "Expected LF after chunk data";
    AFTER_CLOSE: "HPE_CLOSED_CONNECTION", "Data after `Connection: close`";
    EOF_STATE: "HPE_INVALID_EOF_STATE", "Invalid EOF state";
}
